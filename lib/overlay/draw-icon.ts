/** Icons from Lucide's node data. Built with `createElementNS`: no markup is ever parsed. */
import type { IconNode } from 'lucide';

const svgNamespace = 'http://www.w3.org/2000/svg';

/** Fills an `<svg>` with an icon, or makes one. */
export function drawIcon(doc: Document, icon: IconNode, into?: SVGSVGElement): SVGSVGElement {
  const svg = into ?? doc.createElementNS(svgNamespace, 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.replaceChildren(
    ...icon.map(([tag, attributes]) => {
      const shape = doc.createElementNS(svgNamespace, tag);
      for (const [name, value] of Object.entries(attributes))
        if (value !== undefined) shape.setAttribute(name, `${value}`);
      return shape;
    }),
  );
  return svg;
}
