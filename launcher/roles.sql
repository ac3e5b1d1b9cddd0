-- The three roles of an installation; `./gwa doctor` checks their flags.
-- gwa_owner owns the tables and runs the migrations. gwa_app serves people and jobs, owns nothing,
-- and passes no policy. gwa_backup reads everything, for pg_dump alone: without BYPASSRLS a dump of
-- protected tables would be refused, or silently empty.
-- On a server, give each a password: ALTER ROLE gwa_app PASSWORD '…';
DO $$
DECLARE name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['gwa_owner', 'gwa_app', 'gwa_backup'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I', name);
        END IF;
    END LOOP;
END $$;
ALTER ROLE gwa_owner LOGIN CREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION;
ALTER ROLE gwa_app LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE NOBYPASSRLS NOREPLICATION;
ALTER ROLE gwa_backup LOGIN NOCREATEDB NOSUPERUSER NOCREATEROLE BYPASSRLS NOREPLICATION;
GRANT pg_read_all_data TO gwa_backup;
SELECT 'CREATE DATABASE gwa OWNER gwa_owner TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C.UTF-8'''
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'gwa') \gexec
