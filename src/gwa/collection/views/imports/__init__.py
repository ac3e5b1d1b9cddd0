"""The screens of imports: the list, the steps before the start, progress, result, taking back."""
