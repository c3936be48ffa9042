/** What one pen draws on one grid (24), for this product: a library's set would weigh more than all of these. */
const shapes = {
  today:
    'M12 4v2m0 12v2m8-8h-2M6 12H4m13.7-5.7-1.4 1.4M7.7 16.3l-1.4 1.4m11.4 0-1.4-1.4M7.7 7.7 6.3 6.3M15.5 12a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0Z',
  calendar: 'M5 6.5h14a1 1 0 0 1 1 1V19a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7.5a1 1 0 0 1 1-1ZM4 11h16M8 4v4m8-4v4',
  clients:
    'M12 10a3.5 3.5 0 1 1-7 0 3.5 3.5 0 0 1 7 0ZM3 18.5c.4-2.9 2.6-4.5 5.5-4.5s5.1 1.600 5.500 4.500M15.5 6.600a3.2 3.2 0 0 1 0 6.200M17 14.500c2.2.3 3.7 1.7 4 4',
  messages:
    'M4.5 6.500h15a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1Zm-.7.8 8.2 6 8.2-6',
  settings:
    'M4 7h9m5 0h2M4 17h2m5 0h9M15.5 9.500a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Zm-7 10a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5Z',
  search: 'm20 20-4.3-4.300M17.5 11a6.5 6.5 0 1 1-13 0 6.5 6.5 0 0 1 13 0Z',
  plus: 'M12 5v14M5 12h14',
  close: 'm6 6 12 12M18 6 6 18',
  check: 'm5 12.5 4.5 4.500L19 7.5',
  back: 'M19 12H5m6-6-6 6 6 6',
  forward: 'M5 12h14m-6-6 6 6-6 6',
  chevronRight: 'm9.5 6 6 6-6 6',
  chevronLeft: 'm14.5 6-6 6 6 6',
  chevronDown: 'm6 9.5 6 6 6-6',
  attention:
    'M12 9.500v4m0 3v.1M10.8 4.7 3.3 18a1.4 1.4 0 0 0 1.2 2h15a1.4 1.4 0 0 0 1.2-2L13.2 4.700a1.4 1.4 0 0 0-2.4 0Z',
  info: 'M12 11v5m0-8v.1M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0Z',
  lock: 'M6.5 11h11a1 1 0 0 1 1 1v7a1 1 0 0 1-1 1h-11a1 1 0 0 1-1-1v-7a1 1 0 0 1 1-1Zm2-.100V8a3.5 3.5 0 1 1 7 0v2.9',
  offline:
    'm4 4 16 16M9 16a4.5 4.5 0 0 1 6 0M5.5 12.500A9 9 0 0 1 9 10.300m5.5-.100a9 9 0 0 1 4 2.300M2.5 9a14 14 0 0 1 4-2.500m5-1A14 14 0 0 1 21.5 9M12 19.500v.1',
  clock: 'M12 7.500V12l3 2m5.5-2a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0Z',
  person: 'M16 8.500a4 4 0 1 1-8 0 4 4 0 0 1 8 0ZM4.5 20c.6-3.6 3.5-5.5 7.5-5.500s6.9 1.9 7.5 5.5',
  globe:
    'M20.5 12a8.5 8.5 0 1 1-17 0 8.5 8.5 0 0 1 17 0Zm-16.8 0h16.600M12 3.500c4.5 4.8 4.5 12.2 0 17-4.5-4.8-4.5-12.2 0-17Z',
  sun: 'M12 3v2m0 14v2m9-9h-2M5 12H3m15.4-6.400L17 7M7 17l-1.4 1.400m12.8 0L17 17M7 7 5.6 5.600M16 12a4 4 0 1 1-8 0 4 4 0 0 1 8 0Z',
  moon: 'M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10Z',
  device: 'M5 5h14a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Zm4 15h6m-3-4v4',
  signOut: 'M10 4.500H6a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h4M14.5 8l4 4-4 4m4-4H9.5',
  keyboard:
    'M4 6.500h16a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1ZM7 10h.1M10.3 10h.1M13.6 10h.1M17 10h.1M8 14h8',
  catalogue: 'M5 4.500h14v15H5zM9 8.500h6M9 12h6m-6 3.500h3',
  product:
    'M9.500 3.500h5M10.500 3.500v4L7.700 11a2 2 0 0 0-.5 1.300V19a1.500 1.500 0 0 0 1.500 1.500h6.600a1.500 1.500 0 0 0 1.500-1.500v-6.700a2 2 0 0 0-.5-1.300l-2.800-3.500v-4M7.300 14.500h9.400',
  picture:
    'M5 5h14a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V6a1 1 0 0 1 1-1Zm-.8 12 4.600-4.600a1.400 1.400 0 0 1 2 0l2.200 2.200 1.600-1.600a1.400 1.400 0 0 1 2 0l3.200 3.200M9.500 9.300a1 1 0 1 1-2 0 1 1 0 0 1 2 0Z',
  door: 'M6.5 20V5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v15M4 20h16m-6-8v.1',
  upload: 'M12 15.500V5m-4 4 4-4 4 4M5 15.500V18a1.5 1.5 0 0 0 1.5 1.500h11A1.5 1.5 0 0 0 19 18v-2.5',
  download: 'M12 5v10.500m-4-4 4 4 4-4M5 15.500V18a1.5 1.5 0 0 0 1.5 1.500h11A1.5 1.5 0 0 0 19 18v-2.500',
  key: 'M11.500 12.500a3.5 3.5 0 1 1-5 5 3.5 3.5 0 0 1 5-5Zm0 0L19 5m-3 3 2.500 2.500M13.500 10.500l2 2',
  shield:
    'M12 3.500c2.300 1.700 4.600 2.500 7 2.500v5.500c0 4.200-2.600 7.200-7 9-4.400-1.800-7-4.800-7-9V6c2.400 0 4.700-.8 7-2.500Z',
  history: 'M4.500 12a7.500 7.500 0 1 0 2.500-5.600L4.500 8.500m0-4v4h4M12 8v4.500l3 1.800',
  up: 'M12 19V5m-6 6 6-6 6 6',
  edit: 'm5 19 .8-3.700L15.5 5.600a1.7 1.7 0 0 1 2.400 0l.5.5a1.7 1.7 0 0 1 0 2.400L8.700 18.200 5 19Zm8.500-11.500 3 3',
  remove: 'M5 7h14M10 7V5h4v2m-7 0 .8 12h8.400L17 7m-5 4v4',
  copy: 'M9 9h10v10H9zM5 15V5h10',
  undo: 'M8.5 13.5 4.5 9.500l4-4m-4 4H14a5 5 0 0 1 0 10h-3',
  swap: 'M7 7.500h11m-3-3 3 3-3 3M17 16.500H6m3 3-3-3 3-3',
  more: 'M6 12h.1M12 12h.1M18 12h.1',
  empty: 'M5 13.5 7.5 6h9l2.5 7.500V18a1 1 0 0 1-1 1H6a1 1 0 0 1-1-1v-4.500Zm0 0h4a3 3 0 0 0 6 0h4',
} satisfies Record<string, string>;

export type IconName = keyof typeof shapes;

/** A drawing beside a text or inside a labelled control; never the only bearer of a meaning. */
export function Icon({ name, size = 20, className }: { name: IconName; size?: number; className?: string }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2.6 : 1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
    >
      <path d={shapes[name]} />
    </svg>
  );
}
