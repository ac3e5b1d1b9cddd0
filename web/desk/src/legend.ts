// The legend of a map: one square of colour for each class, with its range.
import { NO_DATA, type Classes } from './classes'
import { writeNumber } from './words'

export function drawLegend(list: HTMLElement, classes: Classes, noData: string): void {
  const rows = classes.colours.map((colour, place) => {
    const from = classes.bounds[place] ?? 0
    const to = classes.tops[place] ?? from
    const words = from === to ? writeNumber(from) : `${writeNumber(from)} – ${writeNumber(to)}`
    return row(colour, words)
  })
  if (classes.hasGaps) rows.push(row(NO_DATA, noData))
  list.replaceChildren(...rows)
}

function row(colour: string, words: string): HTMLElement {
  const item = document.createElement('li')
  const square = document.createElementNS('http://www.w3.org/2000/svg', 'svg')
  square.setAttribute('viewBox', '0 0 16 16')
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'rect')
  shape.setAttribute('width', '16')
  shape.setAttribute('height', '16')
  shape.setAttribute('fill', colour)
  square.append(shape)
  item.append(square, words)
  return item
}
