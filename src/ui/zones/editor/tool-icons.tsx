import type { ToolId } from '../drawing/tools.ts';

export type DrawingIcon =
  | ToolId
  | 'mirror'
  | 'finger'
  | 'undo'
  | 'redo'
  | 'zoomIn'
  | 'zoomOut'
  | 'fit'
  | 'layers'
  | 'qr'
  | 'minus'
  | 'panel';

/** On the same grid and with the same pen as the icons of the rest of the product (24). */
const shapes: Record<DrawingIcon, string> = {
  select: 'M6 4.500 18.500 10.700l-5.600 1.700-2.300 5.600L6 4.500Zm7 8 5 5.500',
  hand: 'M8.500 12.500V6.700a1.400 1.400 0 0 1 2.800 0v4.800m0-.5V5.200a1.400 1.400 0 0 1 2.800 0V11m0 .500V6.700a1.400 1.400 0 0 1 2.800 0v7.800c0 3.300-2 5.500-5 5.500-2.300 0-3.600-1-4.700-3l-2.600-4.500c-.8-1.500 1-2.700 2.100-1.500l1.800 2',
  injection: 'M12 21v-5.500m-2.300-.5h4.600V8.500H9.700V15ZM12 8.500V5m-2.500 0h5M9.700 11h2m-2 2h2',
  area: 'M8.500 5.200c3.500-1.700 8.800-.5 10.300 2.900 1.400 3.200-1.200 4.400-1 6.900.2 2.700-2.600 4.300-5.900 4-4-.300-7.400-2.300-7.400-6.300 0-3.200 1.300-6.200 4-7.500Z',
  path: 'M6.500 18.500a1.700 1.700 0 1 0 0-.100Zm1.200-1.300C9.200 11 14 14.500 15.300 9.500L17 5m-3.500 1.800L17 5l1.300 3.700',
  finding: 'M12 5a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm0 4v3.500m0 2.500v.1',
  draw: 'm5 19 .8-3.700L15.500 5.600a1.700 1.700 0 0 1 2.400 0l.5.500a1.700 1.700 0 0 1 0 2.400L8.700 18.200 5 19Z',
  arrow: 'M5.500 18.500 18 6m-7.500 0H18v7.500',
  text: 'M5.500 7V5.500h13V7M12 5.500v13m-2.500 0h5',
  eraser:
    'm9.500 18.500-4-4a1.400 1.400 0 0 1 0-2l7-7a1.400 1.400 0 0 1 2 0l4 4a1.400 1.400 0 0 1 0 2l-7 7h-2Zm-.300-9.300 6 6M11 18.500h8',
  mirror: 'M12 4v2m0 2.500v2m0 2.500v2m0 2.500v2M9 8v8.500H3.500L9 8Zm6 0v8.500h5.500L15 8Z',
  finger:
    'M10 13V6.200a1.500 1.500 0 0 1 3 0V11l4.500 1c1 .200 1.500 1 1.400 2l-.7 4c-.2 1.200-1 2-2.200 2h-4c-1 0-1.600-.4-2.200-1.200L6.500 14.500c-.8-1.200.6-2.300 1.600-1.500L10 14.500',
  undo: 'M8.500 13.500 4.500 9.500l4-4m-4 4H14a5 5 0 0 1 0 10h-3',
  redo: 'm15.500 13.500 4-4-4-4m4 4H10a5 5 0 0 0 0 10h3',
  zoomIn: 'M12 6v12M6 12h12',
  zoomOut: 'M6 12h12',
  minus: 'M6 12h12',
  fit: 'M5 9V5h4m6 0h4v4m0 6v4h-4m-6 0H5v-4',
  layers: 'm12 4.500 8 4.200-8 4.200-8-4.200 8-4.200Zm-7 8.200 7 3.700 7-3.700m-14 3.600 7 3.700 7-3.700',
  qr: 'M5 5h5v5H5zM14 5h5v5h-5zM5 14h5v5H5zM14 14h2v2h-2zm3 3h2v2h-2zm0-3h2m-5 5h2',
  panel: 'M4.500 5.500h15v13h-15zM14 5.500v13M16 9h1.500M16 12h1.500',
};

export function ToolIcon({ name, size = 24 }: { name: DrawingIcon; size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.6}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={shapes[name]} />
    </svg>
  );
}
