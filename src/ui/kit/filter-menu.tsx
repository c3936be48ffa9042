'use client';

import { Menu } from '@mantine/core';
import { Icon } from './icons.tsx';

export interface FilterChoice {
  value: string;
  label: string;
}

const check = <Icon name="check" size={16} />;
const chip =
  'inline-flex min-h-8 shrink-0 cursor-pointer items-center gap-1.5 rounded-full border px-3 text-sm whitespace-nowrap pointer-coarse:min-h-11';

/** One filter as a chip: closed it says what it lets through, open it offers the rest. Several may be chosen with `multiple`. */
export function FilterMenu(props: {
  label: string;
  choices: readonly FilterChoice[];
  chosen: readonly string[];
  /** Words for "no filter"; leaving it out makes one choice compulsory. */
  anyLabel?: string;
  multiple?: boolean;
  onChoose: (chosen: string[]) => void;
}) {
  const { chosen, choices, multiple = false } = props;
  const names = choices.filter(({ value }) => chosen.includes(value)).map(({ label }) => label);
  const active = names.length > 0 && props.anyLabel !== undefined;
  const toggle = (value: string) => {
    if (!multiple) return props.onChoose([value]);
    props.onChoose(chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]);
  };
  return (
    <Menu position="bottom-start" transitionProps={{ duration: 120 }}>
      <Menu.Target>
        <button
          type="button"
          className={`${chip} ${active ? 'border-accent bg-accent-soft font-medium text-accent' : 'border-line-strong bg-surface text-ink hover:bg-hover'}`}
        >
          <span className="max-w-56 truncate">
            {names.length > 0 ? `${props.label}: ${names.join(', ')}` : props.label}
          </span>
          <Icon name="chevronDown" size={14} />
        </button>
      </Menu.Target>
      <Menu.Dropdown mah={320} style={{ overflowY: 'auto' }}>
        {props.anyLabel !== undefined && (
          <Menu.RadioItem
            value=""
            checked={!active}
            checkIcon={check}
            closeMenuOnClick
            onChange={() => props.onChoose([])}
          >
            {props.anyLabel}
          </Menu.RadioItem>
        )}
        {choices.map(({ value, label }) =>
          multiple ? (
            <Menu.CheckboxItem
              key={value}
              checked={chosen.includes(value)}
              checkIcon={check}
              onChange={() => toggle(value)}
            >
              {label}
            </Menu.CheckboxItem>
          ) : (
            <Menu.RadioItem
              key={value}
              value={value}
              checked={chosen.includes(value)}
              checkIcon={check}
              closeMenuOnClick
              onChange={() => toggle(value)}
            >
              {label}
            </Menu.RadioItem>
          ),
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
