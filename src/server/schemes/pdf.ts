/** A finished drawing on paper: one page A4, and more where the table needs them. */
import PDFDocument from 'pdfkit';
import type { TotalLine } from '../../domain/scheme/totals.ts';
import { fontFiles } from './fonts.ts';
import type { PdfWords } from './pdf-words.ts';

export interface PdfContent {
  clinic: string;
  title: string;
  client: string;
  finishedAt: Date;
  zone: string;
  /** Null where the reader isn't told. */
  finishedBy: string | null;
  number: number;
  reason: string | null;
  /** As hex. */
  hash: string;
  png: Uint8Array;
  totals: readonly TotalLine[];
  /** Numbers by lot id; null: lots aren't for this reader. */
  lots: ReadonlyMap<string, string> | null;
}

/** A4 in points. */
const page = { width: 595.28, height: 841.89, margin: 42 } as const;
const ink = '#24211d';
const faint = '#6f675e';
const line = '#d9d3ca';
const inner = page.width - 2 * page.margin;
const bottom = page.height - page.margin - 18;
const rowGap = 5;
const leastPictureHeight = 340;
type Doc = InstanceType<typeof PDFDocument>;

export async function schemePdf(content: PdfContent, told: PdfWords): Promise<Uint8Array<ArrayBuffer>> {
  const { words } = told;
  const title = content.title || words.untitled;
  const doc = new PDFDocument({
    size: 'A4',
    margin: page.margin,
    bufferPages: true,
    info: { Title: title, Author: content.clinic, CreationDate: content.finishedAt },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  doc.registerFont('regular', fontFiles.regular).registerFont('bold', fontFiles.bold);
  head(doc, content, told, title);
  picture(doc, content, told);
  table(doc, content, told);
  foot(doc, content, told);
  doc.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

function head(doc: Doc, content: PdfContent, { words, when }: PdfWords, title: string): void {
  doc.font('regular').fontSize(9).fillColor(faint).text(content.clinic, { width: inner });
  doc.font('bold').fontSize(17).fillColor(ink).text(title, { width: inner, height: 46, ellipsis: true });
  doc.moveDown(0.4);
  const facts: [string, string | null][] = [
    [words.client, content.client],
    [words.date, when(content.finishedAt, content.zone)],
    [words.specialist, content.finishedBy],
    [words.revision, content.number > 1 ? String(content.number) : null],
    [words.reason, content.reason],
  ];
  for (const [name, value] of facts) {
    if (!value) continue;
    doc.font('regular').fontSize(9).fillColor(faint).text(`${name}  `, { continued: true });
    doc.fillColor(ink).text(value, { width: inner });
  }
  doc.moveDown(0.6);
}

/** As large as leaves the table on the same page, where that leaves enough of the picture. */
function picture(doc: Doc, content: PdfContent, told: PdfWords): void {
  const columns = columnsOf(content, told);
  const rows = content.totals.map((each) => columns.map((column) => column.of(each)));
  const names = columns.map(({ name }) => name);
  const tableHeight = [names, ...rows].reduce((sum, texts) => sum + heightOf(doc, columns, texts), 0);
  const { png } = content;
  const height = Math.max(leastPictureHeight, bottom - doc.y - tableHeight - 12);
  const top = doc.y;
  doc.image(Buffer.from(png), page.margin, top, { fit: [inner, height], align: 'center', valign: 'center' });
  doc.y = top + height + 10;
}

interface Column {
  name: string;
  width: number;
  of(each: TotalLine): string;
  align?: 'right';
}

function columnsOf({ lots }: PdfContent, { words, region, amount }: PdfWords): Column[] {
  const rest: Column[] = [
    { name: words.dose, width: 0.16, of: (each) => amount(each.doseHundredths, each.unit), align: 'right' },
    { name: words.marks, width: 0.12, of: (each) => String(each.markCount), align: 'right' },
  ];
  const wide = lots === null ? 0.36 : 0.26;
  const columns: Column[] = [
    { name: words.product, width: wide, of: (each) => each.productName },
    { name: words.region, width: wide, of: (each) => region(each.region) },
  ];
  if (lots !== null)
    columns.push({ name: words.lot, width: 0.2, of: ({ lotId }) => lots.get(lotId ?? '') ?? words.noLot });
  return [...columns, ...rest];
}

function table(doc: Doc, content: PdfContent, told: PdfWords): void {
  if (content.totals.length === 0) {
    doc.font('regular').fontSize(9).fillColor(faint).text(told.words.nothingGiven, page.margin, doc.y);
    return;
  }
  const columns = columnsOf(content, told);
  const names = columns.map(({ name }) => name);
  row(doc, columns, names, true);
  for (const each of content.totals) {
    const texts = columns.map((column) => column.of(each));
    if (doc.y + heightOf(doc, columns, texts) > bottom) {
      doc.addPage();
      row(doc, columns, names, true);
    }
    row(doc, columns, texts, false);
  }
}

const gap = 8;

function heightOf(doc: Doc, columns: readonly Column[], texts: readonly string[]): number {
  doc.font('regular').fontSize(9);
  const heights = columns.map(({ width }, at) =>
    doc.heightOfString(texts[at] ?? '', { width: width * inner - gap }),
  );
  return Math.max(...heights) + 2 * rowGap;
}

function row(doc: Doc, columns: readonly Column[], texts: readonly string[], isHead: boolean): void {
  const height = heightOf(doc, columns, texts);
  const top = doc.y;
  doc
    .font(isHead ? 'bold' : 'regular')
    .fontSize(9)
    .fillColor(isHead ? faint : ink);
  let left: number = page.margin;
  for (const [at, { width, align }] of columns.entries()) {
    doc.text(texts[at] ?? '', left, top + rowGap, { width: width * inner - gap, align: align ?? 'left' });
    left += width * inner;
  }
  doc
    .moveTo(page.margin, top + height)
    .lineTo(page.margin + inner, top + height)
    .lineWidth(0.5)
    .strokeColor(line)
    .stroke();
  doc.x = page.margin;
  doc.y = top + height;
}

/** On every page, below the margin's edge: which drawing it is, and which page of it. */
function foot(doc: Doc, { hash }: PdfContent, { words }: PdfWords): void {
  const { start, count } = doc.bufferedPageRange();
  for (let at = start; at < start + count; at++) {
    doc.switchToPage(at);
    // Written below the margin, which would otherwise begin another page.
    doc.page.margins.bottom = 0;
    const y = page.height - page.margin - 4;
    doc.font('regular').fontSize(7.5).fillColor(faint);
    doc.text(`${words.hash} ${hash.slice(0, 16)}`, page.margin, y, { width: inner / 2, lineBreak: false });
    doc.text(`${words.page} ${at - start + 1} / ${count}`, page.margin + inner / 2, y, {
      width: inner / 2,
      align: 'right',
      lineBreak: false,
    });
  }
}
