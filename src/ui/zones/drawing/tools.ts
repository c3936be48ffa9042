import {
  ArrowBindingUtil,
  ArrowShapeTool,
  createTLStore,
  DrawShapeTool,
  HandTool,
  PageRecordType,
  SelectTool,
  TextShapeTool,
  type TLStore,
  ZERO_INDEX_KEY,
} from 'tldraw';
import { NearestEraserTool } from './erasing.ts';
import { PlainArrowUtil, PlainDrawUtil, PlainTextUtil } from './free-utils.tsx';
import { AreaTool, PathTool } from './line-tools.ts';
import { AreaUtil, FindingUtil, InjectionUtil, PathUtil } from './mark-utils.tsx';
import { FindingTool, InjectionTool } from './point-tools.ts';

/** Whatever else the editor could hold is unknown here: pasted or sent, it isn't taken. */
export const shapeUtils = [
  InjectionUtil,
  AreaUtil,
  PathUtil,
  FindingUtil,
  PlainDrawUtil,
  PlainArrowUtil,
  PlainTextUtil,
];
/** Its tool asks for it; nothing is ever bound. */
export const bindingUtils = [ArrowBindingUtil];
export const tools = [
  SelectTool,
  HandTool,
  DrawShapeTool,
  NearestEraserTool,
  ArrowShapeTool,
  TextShapeTool,
  InjectionTool,
  AreaTool,
  PathTool,
  FindingTool,
];

export const toolIds = [
  'select',
  'injection',
  'area',
  'path',
  'finding',
  'draw',
  'arrow',
  'text',
  'eraser',
  'hand',
] as const;
export type ToolId = (typeof toolIds)[number];

/** Every shape lies on this page: records name it. */
const pageId = PageRecordType.createId('scheme');

export function makeStore(): TLStore {
  const store = createTLStore({ shapeUtils, bindingUtils });
  store.put([PageRecordType.create({ id: pageId, name: '', index: ZERO_INDEX_KEY })]);
  return store;
}
