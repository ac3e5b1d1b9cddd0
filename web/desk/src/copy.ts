// Copies a registry number and says so, to the eye and to a screen reader.
export function copyNumbers(): void {
  document.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-copy]') : null
    if (button) void copy(button)
  })
}

async function copy(button: HTMLElement): Promise<void> {
  const text = button.dataset['copy'] ?? ''
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    return // refused by the browser: the number stays on the page to be selected
  }
  const said = document.createElement('span')
  said.setAttribute('role', 'status')
  said.className = 'ms-1 text-success'
  button.append(said)
  said.textContent = button.dataset['copied'] ?? ''
  setTimeout(() => said.remove(), 2500)
}
