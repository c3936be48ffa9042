/** As much of the library as is used; it brings no types of its own. */
declare module 'pdfkit' {
  import type { Readable } from 'node:stream';

  interface TextOptions {
    width?: number;
    height?: number;
    align?: 'left' | 'right' | 'center';
    ellipsis?: boolean;
    continued?: boolean;
    lineBreak?: boolean;
  }

  interface DocumentOptions {
    size?: string;
    margin?: number;
    bufferPages?: boolean;
    info?: { Title?: string; Author?: string; CreationDate?: Date };
  }

  export default class PDFDocument extends Readable {
    constructor(options?: DocumentOptions);
    x: number;
    y: number;
    page: { margins: { top: number; bottom: number; left: number; right: number } };
    registerFont(name: string, file: string): this;
    font(name: string): this;
    fontSize(points: number): this;
    fillColor(colour: string): this;
    strokeColor(colour: string): this;
    lineWidth(points: number): this;
    moveTo(x: number, y: number): this;
    lineTo(x: number, y: number): this;
    stroke(): this;
    text(text: string, options?: TextOptions): this;
    text(text: string, x: number, y: number, options?: TextOptions): this;
    heightOfString(text: string, options?: TextOptions): number;
    moveDown(lines?: number): this;
    image(
      bytes: Buffer,
      x: number,
      y: number,
      options?: { fit?: [number, number]; align?: 'center'; valign?: 'center' },
    ): this;
    addPage(): this;
    switchToPage(index: number): this;
    bufferedPageRange(): { start: number; count: number };
    end(): void;
  }
}
