/** A server that has just started draws a little by itself, so that its first guests don't wait for code that was never run. */
import * as Y from 'yjs';
import { entriesOf, recordsKey } from '../src/domain/scheme/layout.ts';
import type { SchemeRecord } from '../src/domain/scheme/marks.ts';
import { emptyDocument } from '../src/server/schemes/document.ts';
import { readMessage, updateMessage } from './protocol.ts';
import { SchemeDoc } from './scheme-doc.ts';
import { readUpdate } from './update-check.ts';

const strokeCount = 120;
const pointsAStep = 6;
const stepsAStroke = 6;

const strokeOf = (n: number, steps: number): SchemeRecord => ({
  id: `shape:warm-${n}`,
  typeName: 'shape',
  type: 'draw',
  parentId: 'page:scheme',
  index: 'a1',
  x: n,
  y: n,
  rotation: 0,
  isLocked: false,
  opacity: 1,
  meta: {},
  props: {
    color: 'black',
    fill: 'none',
    dash: 'draw',
    size: 'm',
    segments: [
      {
        type: 'free',
        points: Array.from({ length: steps * pointsAStep }, (_, at) => ({ x: at * 1.5, y: at / 2, z: 0.5 })),
      },
    ],
    isComplete: steps === stepsAStroke,
    isClosed: false,
    isPen: false,
    scale: 1,
  },
});

/** Some hundred updates, through everything an update goes through before it is passed on. Takes about a tenth of a second. */
export function warmUp(): void {
  const page = new Y.Doc();
  const content = new SchemeDoc(emptyDocument());
  page.on('update', (bytes: Uint8Array) => {
    const message = readMessage(updateMessage(bytes));
    if (message?.kind !== 'update') return;
    const update = readUpdate(message.update);
    if (!update || !content.fits(update) || content.isCrowded(update)) return;
    const { touched } = content.apply(message.update);
    if (touched && content.isSound(touched)) content.settle(touched);
  });
  const records: Y.Map<unknown> = page.getMap(recordsKey);
  for (let n = 0; n < strokeCount; n++) {
    const entries = new Y.Map(entriesOf(strokeOf(n, 1)));
    records.set(`shape:warm-${n}`, entries);
    for (let steps = 2; steps <= stepsAStroke; steps++)
      page.transact(() => {
        for (const [key, value] of entriesOf(strokeOf(n, steps))) entries.set(key, value);
      });
  }
  content.doc.destroy();
  page.destroy();
}
