/** Every row that a request writes, seen by the database itself, and taken back: each attempt finds the clinic as the first one did. */
import pg from 'pg';

export interface RowChange {
  table: string;
  op: 'INSERT' | 'UPDATE' | 'DELETE' | 'TRUNCATE';
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

const setUp = `
DROP SCHEMA IF EXISTS watch CASCADE;
CREATE SCHEMA watch;
CREATE TABLE watch.change (n bigserial PRIMARY KEY, tbl text NOT NULL, op text NOT NULL, before jsonb, after jsonb);
CREATE FUNCTION watch.note() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = watch, pg_temp AS $$
BEGIN
  IF TG_LEVEL = 'STATEMENT' THEN
    INSERT INTO watch.change (tbl, op) VALUES (TG_TABLE_NAME, TG_OP);
  ELSE
    INSERT INTO watch.change (tbl, op, before, after) VALUES (TG_TABLE_NAME, TG_OP,
      CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END, CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END);
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION watch.undo() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  each record;
  keys text[];
  columns text;
  place text;
BEGIN
  PERFORM set_config('session_replication_role', 'replica', true);
  FOR each IN SELECT * FROM watch.change WHERE op <> 'TRUNCATE' ORDER BY n DESC LOOP
    keys := ARRAY(SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = ANY (i.indkey)
      WHERE i.indrelid = format('public.%I', each.tbl)::regclass AND i.indisprimary);
    IF each.after IS NOT NULL THEN
      SELECT string_agg(format('t.%I = o.%I', k, k), ' AND ') INTO place FROM unnest(keys) AS k;
      EXECUTE format('DELETE FROM public.%I t USING jsonb_populate_record(NULL::public.%I, $1) o WHERE %s', each.tbl, each.tbl, place)
        USING each.after;
    END IF;
    IF each.before IS NOT NULL THEN
      SELECT string_agg(format('%I', attname), ', ') INTO columns FROM pg_attribute
        WHERE attrelid = format('public.%I', each.tbl)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
      EXECUTE format('INSERT INTO public.%I (%s) OVERRIDING SYSTEM VALUE SELECT %s FROM jsonb_populate_record(NULL::public.%I, $1)',
        each.tbl, columns, columns, each.tbl) USING each.before;
    END IF;
  END LOOP;
  DELETE FROM watch.change;
  DELETE FROM pgboss.job;
END $$;
DO $$
DECLARE
  tbl text;
BEGIN
  FOR tbl IN SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' LOOP
    EXECUTE format('CREATE TRIGGER zz_watch AFTER INSERT OR UPDATE OR DELETE ON public.%I FOR EACH ROW EXECUTE FUNCTION watch.note()', tbl);
    EXECUTE format('CREATE TRIGGER zz_watch_all AFTER TRUNCATE ON public.%I FOR EACH STATEMENT EXECUTE FUNCTION watch.note()', tbl);
  END LOOP;
END $$;`;

const digestSql = `
  SELECT string_agg(tbl || ' ' || rows, E'\\n' ORDER BY tbl) AS digest FROM (
    SELECT tablename AS tbl, (xpath('/row/d/text()', query_to_xml(format(
      'SELECT coalesce(md5(string_agg(md5(to_jsonb(t)::text), '''' ORDER BY md5(to_jsonb(t)::text))), ''none'') AS d FROM public.%I t', tablename),
      false, true, '')))[1]::text AS rows
    FROM pg_tables WHERE schemaname = 'public') AS every`;

/** Looks on as the owner, beside the application. */
export class Watch {
  readonly #owner: pg.Client;

  private constructor(owner: pg.Client) {
    this.#owner = owner;
  }

  /** From here on every written row is noted. */
  static async open(ownerUrl: string): Promise<Watch> {
    const owner = new pg.Client({ connectionString: ownerUrl });
    owner.on('error', () => undefined);
    await owner.connect();
    await owner.query(setUp);
    return new Watch(owner);
  }

  /** What was written since the last call of `undo`, in order; a row written over with what it held is no change. */
  async changes(): Promise<RowChange[]> {
    const { rows } = await this.#owner.query<RowChange>(
      'SELECT tbl AS table, op, before, after FROM watch.change WHERE before IS DISTINCT FROM after ORDER BY n',
    );
    return rows;
  }

  /** Puts every row back as it was. */
  async undo(): Promise<void> {
    await this.#owner.query('SELECT watch.undo()');
  }

  /** One hash a table, over all its rows. */
  async digest(): Promise<string> {
    const { rows } = await this.#owner.query<{ digest: string }>(digestSql);
    return rows[0]?.digest ?? '';
  }

  async rows<Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.#owner.query<Row & pg.QueryResultRow>(sql, values)).rows;
  }

  async close(): Promise<void> {
    await this.#owner.end();
  }
}
