'use client';

import { Button, Checkbox } from '@mantine/core';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useRowKeys } from './use-row-keys.ts';

export interface DataColumn<Row> {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers and times stand at the right, under each other. */
  align?: 'start' | 'end';
  /** Left out below this width; the first column always stays. */
  from?: 'sm' | 'lg';
}

const visibility = { sm: 'hidden sm:table-cell', lg: 'hidden lg:table-cell' } as const;
const cellClass = <Row,>(column: DataColumn<Row>): string =>
  `${column.align === 'end' ? 'text-right' : 'text-left'} ${column.from === undefined ? '' : visibility[column.from]}`;

interface DataListProps<Row> {
  label: string;
  rows: readonly Row[];
  columns: readonly DataColumn<Row>[];
  idOf: (row: Row) => string;
  /** Spoken name of a row, for its checkbox. */
  nameOf: (row: Row) => string;
  onOpen?: (id: string) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (selected: ReadonlySet<string>) => void;
  /** Shown while rows are selected. */
  bulkActions?: ReactNode;
  empty: ReactNode;
}

const nothing: ReadonlySet<string> = new Set();

/** A staff list as a table: keyboard, selection, bulk actions; rows out of sight cost no layout. */
export function DataList<Row>(props: DataListProps<Row>) {
  const t = useTranslations('shell.list');
  const { rows, columns, idOf, selected = nothing, onSelect = null, onOpen = null } = props;
  const ids = rows.map(idOf);
  const keys = useRowKeys({ ids, selected, onSelect, onOpen });
  if (rows.length === 0) return props.empty;
  const allSelected = selected.size > 0 && ids.every((id) => selected.has(id));
  return (
    <div>
      {onSelect !== null && (
        <div role="status" className="flex min-h-11 flex-wrap items-center gap-3 text-sm text-soft">
          {selected.size > 0 && (
            <>
              <span>{t('selected', { count: selected.size })}</span>
              <Button size="xs" variant="subtle" color="gray" onClick={() => onSelect(nothing)}>
                {t('clear')}
              </Button>
              {props.bulkActions}
            </>
          )}
        </div>
      )}
      <div className="overflow-x-auto rounded-md border border-line bg-surface">
        <table className="w-full border-collapse" aria-label={props.label}>
          <thead>
            <tr className="border-b border-line text-sm text-soft">
              {onSelect !== null && (
                <th scope="col" className="w-11 pl-4">
                  <Checkbox
                    size="xs"
                    aria-label={t('selectAll')}
                    checked={allSelected}
                    indeterminate={selected.size > 0 && !allSelected}
                    onChange={() => onSelect(allSelected ? nothing : new Set(ids))}
                  />
                </th>
              )}
              {columns.map((column) => (
                <th key={column.key} scope="col" className={`px-4 py-2 font-medium ${cellClass(column)}`}>
                  {column.header}
                </th>
              ))}
            </tr>
          </thead>
          <tbody data-rows>
            {rows.map((row, index) => {
              const id = idOf(row);
              return (
                <tr
                  key={id}
                  {...keys.rowProps(id, index)}
                  aria-selected={onSelect === null ? undefined : selected.has(id)}
                  onClick={onOpen === null ? undefined : () => onOpen(id)}
                  className={`border-b border-line -outline-offset-2 last:border-b-0 hover:bg-hover ${selected.has(id) ? 'bg-accent-soft' : ''} ${onOpen === null ? '' : 'cursor-pointer'}`}
                >
                  {onSelect !== null && (
                    <td className="pl-4" onClick={(event) => event.stopPropagation()}>
                      <Checkbox
                        size="xs"
                        tabIndex={-1}
                        aria-label={t('select', { name: props.nameOf(row) })}
                        checked={selected.has(id)}
                        onChange={() => keys.toggle(id)}
                      />
                    </td>
                  )}
                  {columns.map((column) => (
                    <td key={column.key} className={`px-4 py-2 ${cellClass(column)}`}>
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </div>
  );
}
