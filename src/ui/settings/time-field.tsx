'use client';

import { TextInput } from '@mantine/core';
import { type KeyboardEvent, useState } from 'react';

/** "09:00" of a minute of the day; 1440 is "24:00". */
export const clockText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;

/** Reads "9", "930", "9.30", "09:30" and "24:00" as minutes of the day; null where it is no time. */
export function readClock(text: string): number | null {
  const parts = /^(\d{1,2})(?:[:. ]?(\d{2}))?$/.exec(text.trim());
  if (!parts) return null;
  const minute = Number(parts[1]) * 60 + Number(parts[2] ?? '0');
  return Number(parts[2] ?? '0') < 60 && minute <= 1440 ? minute : null;
}

const stepMinutes = 15;

/** A time typed freely and kept as minutes; arrows move it by a quarter of an hour. What is no time complains when saved. */
export function TimeField<Empty extends null | undefined = undefined>(props: {
  value: number | Empty;
  onChange: (minute: number | Empty) => void;
  /** What an emptied field is; without it an emptied field is no time. */
  whenEmpty?: Empty;
  label?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  description?: string;
  error?: React.ReactNode;
  className?: string;
}) {
  const { value, onChange, whenEmpty, ...rest } = props;
  const isNoTime = typeof value === 'number' && Number.isNaN(value);
  const known = typeof value === 'number' && !isNoTime ? clockText(value) : '';
  const [typed, setTyped] = useState<string | null>(null);
  const [editing, setEditing] = useState(false);
  // What is no time stands as it was typed, until the field is given another value: by Discard, say.
  const text = typed !== null && (editing || isNoTime) ? typed : known;
  function commit(text: string) {
    const isEmpty = text.trim() === '' && whenEmpty !== undefined;
    const next = isEmpty ? whenEmpty : (readClock(text) ?? Number.NaN);
    setTyped(Number.isNaN(next) ? text : null);
    // Leaving a field as it was is no change: nothing may move under the click that left it.
    if (!Object.is(next, value)) onChange(next);
  }
  function onKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    const step = event.key === 'ArrowUp' ? stepMinutes : event.key === 'ArrowDown' ? -stepMinutes : 0;
    if (event.key === 'Enter') commit(event.currentTarget.value);
    if (step === 0) return;
    event.preventDefault();
    const base = readClock(event.currentTarget.value) ?? 540;
    setTyped(null);
    onChange(Math.min(1440, Math.max(0, base + step)));
  }
  return (
    <TextInput
      inputMode="numeric"
      autoComplete="off"
      placeholder="--:--"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      styles={{ input: { fontVariantNumeric: 'tabular-nums', paddingInline: '0.625rem' } }}
      {...rest}
      value={text}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onFocus={(event) => {
        if (!isNoTime) setTyped(null);
        setEditing(true);
        event.currentTarget.select();
      }}
      onBlur={(event) => {
        setEditing(false);
        if (typed !== null) commit(event.currentTarget.value);
      }}
      onKeyDown={onKeyDown}
    />
  );
}
