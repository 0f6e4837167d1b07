/**
 * A chart as a file of its own: its colours are written into it, because a file knows no page, and so are its title and its
 * legend, which the page shows beside it.
 */

const copied = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linejoin',
  'font-size',
] as const;

function dress(from: Element, to: Element): void {
  const look = getComputedStyle(from);
  for (const property of copied) {
    const value = look.getPropertyValue(property);
    if (value !== '') to.setAttribute(property, value);
  }
  to.removeAttribute('class');
  // What a library wrote there names colours of the page.
  to.removeAttribute('style');
  [...from.children].forEach((child, index) => {
    const copy = to.children[index];
    if (copy) dress(child, copy);
  });
}

/** Room above the drawing for its title and what it is about, and how long each may be to fit into a line. */
const [titleRoom, longestTitle, longestAbout] = [54, 90, 120];

export interface PictureWords {
  readonly title: string;
  /** What the figures stand on. */
  readonly about: string;
}

const shortened = (words: string, longest: number): string =>
  words.length > longest ? `${words.slice(0, longest - 1)}…` : words;

export interface PictureFile {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
}

function make(name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  return element;
}

/** The drawing as SVG text, on the page's background. What is marked `data-export="add"` is only in the file, below it. */
export function pictureFile(drawing: SVGSVGElement, { title, about }: PictureWords): PictureFile {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  dress(drawing, copy);
  for (const stop of copy.querySelectorAll('[data-export="leave-out"]')) stop.remove();
  const added = [...copy.querySelectorAll('[data-export="add"]')];
  const room = added.reduce((sum, one) => sum + Number(one.getAttribute('data-height') ?? 0), 0);
  const { width, height: drawn } = drawing.viewBox.baseVal;
  const height = titleRoom + drawn + room;
  const page = getComputedStyle(document.body);
  const name = make('title', {});
  name.textContent = title;
  const ground = make('rect', { y: -titleRoom, width, height, fill: page.backgroundColor || '#fff' });
  const ink = page.color || '#000';
  const heading = make('text', { x: 16, y: -30, 'font-size': 15, 'font-weight': 600, fill: ink });
  heading.textContent = shortened(title, longestTitle);
  const below = make('text', { x: 16, y: -12, 'font-size': 11, fill: ink });
  below.textContent = shortened(about, longestAbout);
  copy.prepend(name, ground, heading, below);
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('viewBox', `0 ${-titleRoom} ${width} ${height}`);
  copy.setAttribute('width', String(width));
  copy.setAttribute('height', String(height));
  copy.setAttribute('font-family', 'system-ui, sans-serif');
  return { svg: new XMLSerializer().serializeToString(copy), width, height };
}

/** Twice as fine as the drawing. @throws where the browser can't draw it. */
export async function pngOf({ svg, width, height }: PictureFile): Promise<Blob> {
  const picture = new Image(width, height);
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement('canvas');
    canvas.width = width * 2;
    canvas.height = height * 2;
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return await new Promise<Blob>((resolve, reject) => {
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png');
    });
  } finally {
    URL.revokeObjectURL(address);
  }
}
