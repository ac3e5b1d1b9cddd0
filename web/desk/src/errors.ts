// After a refused form, the focus goes to the list of what to mend.
const seen = new WeakSet<Element>()

export function focusErrors(root: ParentNode): void {
  const summary = root.querySelector<HTMLElement>('[data-error-summary]')
  if (!summary || seen.has(summary)) return
  seen.add(summary)
  summary.focus()
}
