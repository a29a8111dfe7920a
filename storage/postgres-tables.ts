/** The schema of the database that holds the tables; its name says their version. */
export const SCHEMA = 'vgi_storage_v1';

/** A number of our own, so that of several processes that start at once one makes the tables. */
const SETUP_LOCK = 0x7667_6901;

const OWNER = `scope bytea NOT NULL REFERENCES ${SCHEMA}.scope ON DELETE CASCADE, namespace text COLLATE "C" NOT NULL`;
const LIMIT = Number.MAX_SAFE_INTEGER;

/** Whether the last thing that `POSTGRES_TABLES` makes is there. */
export const TABLES_PRESENT = `SELECT to_regproc('${SCHEMA}.release') IS NOT NULL AS present`;

/**
 * Several statements that PostgreSQL runs as one transaction. Rows go with their scope.
 *
 * `release` removes a scope that holds nothing. It locks the scope first, which waits for writers that are under way, and looks for their
 * rows afterwards: a single DELETE would look before it waits, and then take the new rows along. For the same reason it leaves a
 * scope alone that it could not lock because it was made a moment later.
 */
export const POSTGRES_TABLES = `
  SELECT pg_advisory_xact_lock(${SETUP_LOCK});
  CREATE SCHEMA IF NOT EXISTS ${SCHEMA};
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.scope (name bytea PRIMARY KEY, expires_at bigint NOT NULL);
  CREATE INDEX IF NOT EXISTS scope_expiry ON ${SCHEMA}.scope (expires_at);
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.state (${OWNER}, key bytea NOT NULL, value bytea NOT NULL, PRIMARY KEY (scope, namespace, key));
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.counter (
    ${OWNER}, key bytea NOT NULL, value bigint NOT NULL CHECK (value BETWEEN -${LIMIT} AND ${LIMIT}), PRIMARY KEY (scope, namespace, key));
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.log (
    ${OWNER}, key bytea NOT NULL, id bigint GENERATED ALWAYS AS IDENTITY, item bytea NOT NULL, PRIMARY KEY (scope, namespace, key, id));
  CREATE TABLE IF NOT EXISTS ${SCHEMA}.queue (
    ${OWNER}, id bigint GENERATED ALWAYS AS IDENTITY, item bytea NOT NULL, PRIMARY KEY (scope, namespace, id));
  CREATE OR REPLACE FUNCTION ${SCHEMA}.release(wanted bytea) RETURNS boolean LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM 1 FROM ${SCHEMA}.scope WHERE name = wanted FOR UPDATE;
    IF NOT FOUND THEN RETURN false; END IF;
    DELETE FROM ${SCHEMA}.scope WHERE name = wanted
      AND NOT EXISTS (SELECT 1 FROM ${SCHEMA}.state WHERE scope = wanted) AND NOT EXISTS (SELECT 1 FROM ${SCHEMA}.counter WHERE scope = wanted)
      AND NOT EXISTS (SELECT 1 FROM ${SCHEMA}.log WHERE scope = wanted) AND NOT EXISTS (SELECT 1 FROM ${SCHEMA}.queue WHERE scope = wanted);
    RETURN FOUND;
  END $$;
`;
