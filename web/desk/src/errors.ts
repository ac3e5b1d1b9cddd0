// After a refused form, the focus goes to the list of what to mend.
const seen = new WeakSet<Element>()

export function focusErrors(root: ParentNode): void {
  const summary = root.querySelector<HTMLElement>('[data-error-summary]')
  if (!summary || seen.has(summary)) return
  seen.add(summary)
  summary.focus()
}

// A link of that list leads to its field and leaves no trace in the address: a fragment would
// follow the form to the next page.
export function followErrorLinks(): void {
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('[data-error-summary] a') : null
    const address = link?.getAttribute('href') ?? ''
    const field = address.startsWith('#') ? document.getElementById(address.slice(1)) : null
    if (!field) return
    event.preventDefault()
    const folded = field.closest('details')
    if (folded) folded.open = true
    const box = field.matches('input, select, textarea') ? field : field.querySelector<HTMLElement>('input')
    ;(box ?? field).focus()
  })
}

// A passkey that does not answer is told on the page, not only in the console.
export function tellPasskeyFailures(): void {
  document.addEventListener('allauth.error', (event) => {
    const notice = document.querySelector<HTMLElement>('[data-passkey-failed]')
    if (!notice) return
    event.preventDefault()
    notice.hidden = false
    notice.setAttribute('role', 'alert')
  })
}
