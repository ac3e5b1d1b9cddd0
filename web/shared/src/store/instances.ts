/** What an interview's XML says of itself. */

export function readXml(text: string): Document {
  const read = new DOMParser().parseFromString(text, 'text/xml')
  if (read.querySelector('parsererror')) throw new Error('the XML of an interview does not read')
  return read
}

/** Return `instanceID`; it stands in the root's own `meta`. */
export function readInstanceId(text: string): string {
  return metaOf(readXml(text))?.querySelector(':scope > instanceID')?.textContent?.trim() ?? ''
}

/** Return how a person calls what the interview is about: its own name, or that of its household. */
export function labelOf(text: string): string {
  const meta = metaOf(readXml(text))
  const found = meta?.querySelector(':scope > instanceName') ?? meta?.querySelector(':scope > entity > label')
  const label = found?.textContent?.trim() ?? ''
  // A draft without a head yet is called " – 0" by the form.
  return /\p{L}/u.test(label) ? label : ''
}

function metaOf(read: Document): Element | undefined {
  return [...read.documentElement.children].find((child) => child.localName === 'meta')
}
