// Keyboard: "/" searches, "?" explains, arrows walk through the rows of a list.
import { openDialog } from './dialogs'

const ROW_LINK = '[data-listing] tbody tr a[href]'

export function followKeys(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
    if (isTyping(event.target)) return
    if (event.key === '/') focusSearch(event)
    else if (event.key === '?') openDialog('shortcuts')
    else if (event.key === 'ArrowDown') moveInList(event, 1)
    else if (event.key === 'ArrowUp') moveInList(event, -1)
  })
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.matches('input, textarea, select, [contenteditable]')
}

function focusSearch(event: KeyboardEvent): void {
  const box = document.getElementById('search')
  if (!(box instanceof HTMLInputElement)) return
  event.preventDefault()
  box.focus()
  box.select()
}

function moveInList(event: KeyboardEvent, step: 1 | -1): void {
  if (document.querySelector('dialog:modal, gwa-map:focus-within')) return
  // One link for each row: its first.
  const links = [...document.querySelectorAll<HTMLElement>(ROW_LINK)].filter(
    (link) => link === link.closest('tr')?.querySelector('a[href]'),
  )
  if (links.length === 0) return
  const row = document.activeElement?.closest('tr')
  const here = links.findIndex((link) => link.closest('tr') === row)
  const next = links[here < 0 ? (step === 1 ? 0 : -1) : here + step]
  if (!next) return
  event.preventDefault()
  next.focus()
}
