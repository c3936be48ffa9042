/** Rich text as lines of words. */
import type { WordsFigure } from '../figure.ts';
import type { SchemeRecord } from '../marks.ts';
import { textSize } from './free-look.ts';
import { sane } from './number.ts';
import { baselineDrop, cutTo, type Family, lineHeight, wrapped } from './words.ts';
import { plainWords } from './xml.ts';

type TextProps = Extract<SchemeRecord, { type: 'text' }>['props'];

const mostLines = 200;
const mostSigns = 400;

/** The lines that somebody broke: by paragraphs and within them. */
export function writtenLines({ content }: TextProps['richText']): string[] {
  return content.flatMap((paragraph) => {
    const lines = [''];
    for (const node of paragraph.content ?? []) {
      if (node.type === 'hardBreak') lines.push('');
      else lines.push((lines.pop() ?? '') + plainWords(node.text));
    }
    return lines;
  });
}

/** About the text's own corner. Its width is the editor's; where it was set by hand, lines are broken to it by an estimate. */
export function textFigures(props: TextProps): WordsFigure[] {
  const size = textSize(props);
  const width = sane(props.w) * sane(props.scale);
  const family: Family = props.font === 'serif' || props.font === 'mono' ? props.font : 'sans';
  const written = writtenLines(props.richText).slice(0, mostLines + 1);
  const lines = props.autoSize
    ? written.map((line) => (line.length > mostSigns ? `${line.slice(0, mostSigns).toWellFormed()} …` : line))
    : written.flatMap((line) => wrapped(line, size, Math.max(width, size), family));
  const x = props.textAlign === 'start' ? 0 : props.textAlign === 'end' ? width : width / 2;
  return cutTo(lines, mostLines).map((text, index) => ({
    kind: 'words',
    text,
    x,
    y: (index + 0.5) * size * lineHeight + size * baselineDrop,
    size,
    isBold: false,
    anchor: props.textAlign,
  }));
}
