"""What every door for machines shares: problems, answers with tags, pages by key, versions."""
