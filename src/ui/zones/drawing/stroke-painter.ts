/** Paints strokes into the page by hand: thousands of components, each with a box of its own, are most of the time a full drawing takes. */
import type { TLDrawShape, TLShapeId } from 'tldraw';
import { strokeLook } from './stroke-look.ts';
import type { Layer, Painting } from './strokes.ts';

const svgNamespace = 'http://www.w3.org/2000/svg';

interface Painted {
  path: SVGPathElement;
  stroke: TLDrawShape | null;
  opacity: number;
}

export class StrokePainter {
  private readonly host: HTMLElement;
  private readonly sheets: SVGSVGElement[] = [];
  private readonly painted = new Map<TLShapeId, Painted>();

  constructor(host: HTMLElement) {
    this.host = host;
  }

  show(layers: readonly Layer[]): void {
    this.takeAway(layers);
    for (const [at, { zIndex, paintings }] of layers.entries()) {
      const sheet = this.sheets[at] ?? this.addSheet();
      sheet.style.zIndex = String(zIndex);
      let next = sheet.firstChild;
      for (const painting of paintings) {
        const path = this.paint(painting);
        // What lies where it belongs stays there: a page that moves elements makes them anew.
        if (path === next) next = path.nextSibling;
        else sheet.insertBefore(path, next);
      }
    }
    for (const sheet of this.sheets.splice(layers.length)) sheet.remove();
  }

  private takeAway(layers: readonly Layer[]): void {
    if (this.painted.size === 0) return;
    const shown = new Set<TLShapeId>();
    for (const { paintings } of layers) for (const { stroke } of paintings) shown.add(stroke.id);
    for (const [id, { path }] of this.painted)
      if (!shown.has(id)) {
        path.remove();
        this.painted.delete(id);
      }
  }

  private addSheet(): SVGSVGElement {
    const sheet = document.createElementNS(svgNamespace, 'svg');
    sheet.setAttribute('class', 'drawing-strokes');
    this.host.append(sheet);
    this.sheets.push(sheet);
    return sheet;
  }

  private paint({ stroke, opacity }: Painting): SVGPathElement {
    let painted = this.painted.get(stroke.id);
    if (!painted) {
      painted = { path: document.createElementNS(svgNamespace, 'path'), stroke: null, opacity: 1 };
      painted.path.dataset['shapeType'] = 'draw';
      painted.path.dataset['shapeId'] = stroke.id;
      this.painted.set(stroke.id, painted);
    }
    const { path, stroke: before } = painted;
    if (before?.props !== stroke.props) dress(path, stroke);
    if (before?.x !== stroke.x || before.y !== stroke.y || before.rotation !== stroke.rotation)
      path.setAttribute('transform', placeOf(stroke));
    if (painted.opacity !== opacity) path.setAttribute('opacity', String(opacity));
    painted.stroke = stroke;
    painted.opacity = opacity;
    return path;
  }
}

const placeOf = ({ x, y, rotation }: TLDrawShape): string =>
  rotation === 0 ? `translate(${x} ${y})` : `translate(${x} ${y}) rotate(${(rotation * 180) / Math.PI})`;

function dress(path: SVGPathElement, { props }: TLDrawShape): void {
  const { d, colour, width, dash, fill, fillOpacity } = strokeLook(props);
  path.setAttribute('d', d);
  path.setAttribute('stroke', colour);
  path.setAttribute('stroke-width', String(width));
  if (dash === null) path.removeAttribute('stroke-dasharray');
  else path.setAttribute('stroke-dasharray', dash);
  path.setAttribute('fill', fill);
  path.setAttribute('fill-opacity', String(fillOpacity));
}
