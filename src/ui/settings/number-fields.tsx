'use client';

import { NumberInput, type NumberInputProps } from '@mantine/core';
import { minorDigits } from '../../domain/money.ts';

interface FieldProps<Value> {
  /** Given by the form for a path. */
  value?: Value;
  onChange: (value: Value) => void;
  label?: string;
  'aria-label'?: string;
  'aria-describedby'?: string;
  description?: string;
  inputWrapperOrder?: NumberInputProps['inputWrapperOrder'];
  error?: NumberInputProps['error'];
  placeholder?: string;
  required?: boolean;
  disabled?: boolean;
  step?: number;
  className?: string;
  'data-path'?: string;
}

const shown = (value: number | null | undefined): number | '' =>
  value === null || value === undefined || Number.isNaN(value) ? '' : value;

/** A whole number that must be there; an emptied field is no number and complains when saved. */
export function WholeInput({ value, onChange, ...rest }: FieldProps<number>) {
  return (
    <NumberInput
      allowDecimal={false}
      {...rest}
      value={shown(value)}
      onChange={(next) => onChange(next === '' ? Number.NaN : Number(next))}
    />
  );
}

/** A whole number that may be left empty. */
export function OptionalWholeInput({ value, onChange, ...rest }: FieldProps<number | null>) {
  return (
    <NumberInput
      allowDecimal={false}
      {...rest}
      value={shown(value)}
      onChange={(next) => onChange(next === '' ? null : Number(next))}
    />
  );
}

/** Money typed in major units and kept in minor ones. */
export function MoneyInput({
  value,
  onChange,
  currency,
  ...rest
}: FieldProps<number | null> & { currency: string }) {
  const digits = minorDigits(currency);
  const unit = 10 ** digits;
  return (
    <NumberInput
      decimalScale={digits}
      suffix={` ${currency}`}
      hideControls
      {...rest}
      value={shown(value == null ? null : value / unit)}
      onChange={(next) => onChange(next === '' ? null : Math.round(Number(next) * unit))}
    />
  );
}
