/**
 * The heat map as a drawing to be kept as a file. The page shows it as a table, which a keyboard and a screen reader walk
 * through; a file needs a picture. It is built when somebody asks for it and never stands on the page.
 */
import styles from './heat.module.css';

export interface HeatPicture {
  readonly rows: readonly {
    readonly name: string;
    readonly cells: readonly { readonly level: number; readonly words: string }[];
  }[];
}

/** Units of the drawing: 24 columns fill the width that all charts have. */
const size = { left: 56, top: 24, column: 31, row: 27, gap: 2, right: 0, bottom: 16 } as const;

function add(to: Element, name: string, attributes: Readonly<Record<string, string | number>>, words?: string): void {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, String(value));
  if (words !== undefined) element.textContent = words;
  to.append(element);
}

export function heatDrawing({ rows }: HeatPicture): SVGSVGElement {
  const drawing = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const width = size.left + 24 * size.column;
  drawing.setAttribute('viewBox', `0 0 ${width} ${size.top + rows.length * size.row + size.bottom}`);
  drawing.setAttribute('class', styles.drawing ?? '');
  const middle = { 'text-anchor': 'middle' };
  for (let hour = 0; hour < 24; hour++)
    add(
      drawing,
      'text',
      { x: size.left + (hour + 0.5) * size.column, y: size.top - 8, class: styles.name ?? '', ...middle },
      String(hour),
    );
  rows.forEach(({ name, cells }, row) => {
    const y = size.top + row * size.row;
    add(drawing, 'text', { x: size.left - 8, y: y + 17, class: styles.name ?? '', 'text-anchor': 'end' }, name);
    cells.forEach(({ level, words }, hour) => {
      const x = size.left + hour * size.column;
      const box = { x, y, width: size.column - size.gap, height: size.row - size.gap, rx: 3 };
      add(drawing, 'rect', { ...box, class: styles.cell ?? '', 'data-level': level });
      if (words !== '')
        add(
          drawing,
          'text',
          {
            x: x + (size.column - size.gap) / 2,
            y: y + 17,
            class: styles.number ?? '',
            'data-level': level,
            ...middle,
          },
          words,
        );
    });
  });
  return drawing;
}
