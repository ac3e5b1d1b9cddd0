/** The households and persons that an interview makes or changes, so that the lists of this telephone know them
 *  before the server has answered. */

import { readXml } from './instances.ts'

export interface Entity {
  readonly dataset: string
  readonly id: string
  readonly label: string
  readonly isNew: boolean
  /** The version of the list that it was read from. */
  readonly base: string
  /** A name for what this telephone makes of it before the server knows. */
  readonly branch: string
  /** Only what was asked: the rest stays as it was. */
  readonly values: Readonly<Record<string, string>>
}

const ENTITIES = 'http://www.opendatakit.org/xforms/entities'
const XFORMS = 'http://www.w3.org/2002/xforms'
const YES = new Set(['1', 'true', 'true()'])

export function entitiesOf(xform: string, instance: string): Entity[] {
  const saved = savedPaths(xform)
  const read = readXml(instance)
  return [...read.getElementsByTagName('*')]
    .filter((element) => element.localName === 'entity' && element.parentElement?.localName === 'meta')
    .map((element) => entityOf(element, saved))
    .filter((entity) => entity !== null)
}

/** The property that each question is saved to, by the question's path. */
function savedPaths(xform: string): ReadonlyMap<string, string> {
  const binds = [...readXml(xform).getElementsByTagNameNS(XFORMS, 'bind')]
  return new Map(
    binds
      .filter((bind) => bind.hasAttributeNS(ENTITIES, 'saveto'))
      .map((bind) => [bind.getAttribute('nodeset') ?? '', bind.getAttributeNS(ENTITIES, 'saveto') ?? '']),
  )
}

function entityOf(element: Element, saved: ReadonlyMap<string, string>): Entity | null {
  const isNew = YES.has(element.getAttribute('create') ?? '')
  const id = element.getAttribute('id') ?? ''
  const scope = element.parentElement?.parentElement
  if (!scope || !id || !(isNew || YES.has(element.getAttribute('update') ?? ''))) return null
  return {
    dataset: element.getAttribute('dataset') ?? '',
    id, isNew,
    label: element.querySelector(':scope > label')?.textContent ?? '',
    base: element.getAttribute('baseVersion') ?? '',
    branch: crypto.randomUUID(),
    values: Object.fromEntries(valuesIn(scope, pathOf(scope), saved)),
  }
}

function* valuesIn(
  parent: Element, path: string, saved: ReadonlyMap<string, string>,
): Generator<[string, string]> {
  for (const child of parent.children) {
    // What stands inside the line of another entity is told of that one.
    if (child.querySelector(':scope > meta > entity')) continue
    const own = `${path}/${child.localName}`
    const property = saved.get(own)
    if (property) yield [property, child.textContent ?? '']
    else yield* valuesIn(child, own, saved)
  }
}

function pathOf(element: Element): string {
  const above = element.parentElement
  return `${above ? pathOf(above) : ''}/${element.localName}`
}
