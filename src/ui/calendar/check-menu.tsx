'use client';

import { Button, Menu } from '@mantine/core';
import { useTranslations } from 'next-intl';
import { Icon } from '../kit/icons.tsx';

interface CheckMenuProps {
  label: string;
  /** What is shown, where nothing is left out. */
  all: string;
  options: readonly { id: string; name: string }[];
  /** Null: all of them, which is also what choosing none means. */
  chosen: readonly string[] | null;
  onChange: (ids: string[]) => void;
}

/** Several of a short list; the button says how many of them are shown. */
export function CheckMenu({ label, all, options, chosen, onChange }: CheckMenuProps) {
  const t = useTranslations('calendar');
  const shown = options.filter(({ id }) => chosen === null || chosen.includes(id));
  const isAll = shown.length === options.length;
  const [only] = shown;
  const text = isAll
    ? all
    : shown.length === 1 && only
      ? only.name
      : t('chosenOf', { label, count: shown.length, total: options.length });
  const toggle = (id: string) => {
    const ids = new Set(shown.map((option) => option.id));
    if (!ids.delete(id)) ids.add(id);
    onChange(
      ids.size === options.length ? [] : options.filter((option) => ids.has(option.id)).map((o) => o.id),
    );
  };
  return (
    <Menu position="bottom-end" width={260} closeOnItemClick={false} transitionProps={{ duration: 120 }}>
      <Menu.Target>
        <Button
          variant={isAll ? 'default' : 'light'}
          px="sm"
          maw={220}
          rightSection={<Icon name="chevronDown" size={14} />}
        >
          <span className="truncate">{text}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown className="max-h-96 overflow-y-auto">
        <Menu.Item disabled={isAll} onClick={() => onChange([])}>
          {all}
        </Menu.Item>
        <Menu.Divider />
        {options.map(({ id, name }) => {
          const checked = shown.some((option) => option.id === id);
          return (
            <Menu.Item
              key={id}
              role="menuitemcheckbox"
              aria-checked={checked}
              leftSection={checked ? <Icon name="check" size={18} /> : <span className="block w-4.5" />}
              onClick={() => toggle(id)}
            >
              {name}
            </Menu.Item>
          );
        })}
      </Menu.Dropdown>
    </Menu>
  );
}
