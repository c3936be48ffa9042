import {
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
  Radio,
  type VariantColorsResolver,
} from '@mantine/core';

// Shade 7 is the light mode's working colour and shade 3 the dark mode's; both equal the tokens in tokens.css.
const teal: MantineColorsTuple = [
  '#eef7f6',
  '#d3ebe9',
  '#a6d8d4',
  '#6fc2bb',
  '#43a49d',
  '#25877f',
  '#16716a',
  '#0f5f5b',
  '#0b4c49',
  '#083735',
];
const red: MantineColorsTuple = [
  '#fdf0ef',
  '#fadad7',
  '#f9bcb6',
  '#ff9d94',
  '#ea6a60',
  '#d4473c',
  '#c2332a',
  '#b3261e',
  '#8f1c16',
  '#6b130f',
];
const yellow: MantineColorsTuple = [
  '#fdf6e6',
  '#fbe9c1',
  '#f6d692',
  '#f0bf62',
  '#dfa239',
  '#c28419',
  '#a06a06',
  '#805000',
  '#663f00',
  '#4a2d00',
];
const green: MantineColorsTuple = [
  '#eef8f1',
  '#d2eddb',
  '#a9dcb9',
  '#84d09e',
  '#50b174',
  '#33935a',
  '#247d49',
  '#1c6b3c',
  '#15532e',
  '#0e3b20',
];
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f4f2ee',
  '#e6e2dc',
  '#e6e2dc',
  '#d6d1c9',
  '#8f877d',
  '#625b53',
  '#4c4640',
  '#38332e',
  '#24211d',
];
const dark: MantineColorsTuple = [
  '#ece8e2',
  '#cfc9c1',
  '#b3aca3',
  '#857d74',
  '#37322e',
  '#322d2a',
  '#292522',
  '#1f1c1a',
  '#171513',
  '#131110',
];

/** Filled parts are deep in the light mode and pale in the dark one; their text turns with them. */
const variantColorResolver: VariantColorsResolver = (input) => {
  const colours = defaultVariantColorsResolver(input);
  return input.variant === 'filled' ? { ...colours, color: 'var(--on-accent)' } : colours;
};

export const theme = createTheme({
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 3 },
  variantColorResolver,
  colors: { teal, red, yellow, green, gray, dark },
  white: '#ffffff',
  black: '#24211d',
  fontFamily: "'Inter Variable', 'Inter Fallback', system-ui, sans-serif",
  fontSizes: { xs: '0.75rem', sm: '0.8125rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.34', sm: '1.54', md: '1.6', lg: '1.42', xl: '1.4' },
  headings: {
    fontFamily: "'Inter Variable', 'Inter Fallback', system-ui, sans-serif",
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.75rem', lineHeight: '2.25rem' },
      h2: { fontSize: '1.25rem', lineHeight: '1.75rem' },
      h3: { fontSize: '1.0625rem', lineHeight: '1.5rem' },
      h4: { fontSize: '0.9375rem', lineHeight: '1.5rem' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '2px', sm: '4px', md: '8px', lg: '12px', xl: '999px' },
  defaultRadius: 'md',
  shadows: {
    xs: 'none',
    sm: '0 1px 3px rgb(20 18 16 / 0.08)',
    md: '0 4px 16px rgb(20 18 16 / 0.12)',
    lg: '0 8px 28px rgb(20 18 16 / 0.16)',
    xl: '0 12px 40px rgb(20 18 16 / 0.2)',
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  focusRing: 'auto',
  components: {
    Checkbox: Checkbox.extend({ vars: () => ({ root: { '--checkbox-icon-color': 'var(--on-accent)' } }) }),
    Radio: Radio.extend({ vars: () => ({ root: { '--radio-icon-color': 'var(--on-accent)' } }) }),
  },
});

const semantic = {
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-body': 'var(--surface)',
  // Mantine's own error red falls short of AA on white and on the dark ground.
  '--mantine-color-error': 'var(--danger)',
  '--mantine-color-success': 'var(--settled)',
  '--mantine-color-placeholder': 'var(--ink-soft)',
  '--mantine-color-dimmed': 'var(--ink-soft)',
  '--mantine-color-anchor': 'var(--accent)',
  '--mantine-color-default': 'var(--surface)',
  '--mantine-color-default-hover': 'var(--surface-hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-primary-color-contrast': 'var(--on-accent)',
  '--mantine-primary-color-light': 'var(--accent-soft)',
  '--mantine-primary-color-light-color': 'var(--accent)',
  '--mantine-color-teal-light': 'var(--accent-soft)',
  '--mantine-color-teal-light-color': 'var(--accent)',
  '--mantine-color-red-light': 'var(--danger-soft)',
  '--mantine-color-red-light-color': 'var(--danger)',
  '--mantine-color-yellow-light': 'var(--attention-soft)',
  '--mantine-color-yellow-light-color': 'var(--attention)',
  '--mantine-color-green-light': 'var(--settled-soft)',
  '--mantine-color-green-light-color': 'var(--settled)',
};

/** Mantine's semantic variables, answered by the tokens, so that a part of the library and a page never differ. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: semantic, dark: semantic });
