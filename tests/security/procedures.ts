/** The router as it is, procedure by procedure: what each takes and who may ask for it. */
import { z } from 'zod';
import { appRouter } from '../../src/api/root.ts';

export interface DeclaredProcedure {
  path: string;
  type: 'query' | 'mutation' | 'subscription';
  who: string | undefined;
  action: string | undefined;
  /** What it takes, as JSON Schema (a `Date` has the format `js-date`); null where it takes nothing. */
  input: Schema | null;
  /** Whether a value would get past the input's checks. */
  accepts(value: unknown): boolean;
}

/** The part of JSON Schema that inputs come to. */
export interface Schema {
  type?: string;
  format?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  default?: unknown;
}

interface Defined {
  _def: {
    type: DeclaredProcedure['type'];
    inputs: readonly unknown[];
    meta?: { who?: string; action?: string };
  };
}

const isZod = (parser: unknown): parser is z.ZodType => parser instanceof z.ZodType;

function schemaOf(parser: unknown): Schema {
  if (!isZod(parser)) throw new Error('a procedure takes something that is no zod schema');
  return z.toJSONSchema(parser, {
    io: 'input',
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema._zod.def.type === 'date') jsonSchema.format = 'js-date';
    },
  }) as Schema;
}

export const procedures: DeclaredProcedure[] = Object.entries(
  appRouter._def.procedures as unknown as Record<string, Defined>,
).map(([path, { _def }]) => ({
  path,
  type: _def.type,
  who: _def.meta?.who,
  action: _def.meta?.action,
  input: _def.inputs.length === 0 ? null : { allOf: _def.inputs.map(schemaOf) },
  accepts: (value) => _def.inputs.every((parser) => isZod(parser) && parser.safeParse(value).success),
}));
