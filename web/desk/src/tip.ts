// The small dark label that follows the pointer over maps and charts.
export class FloatTip {
  readonly #element: HTMLElement
  readonly #parent: HTMLElement

  constructor(parent: HTMLElement) {
    this.#parent = parent
    this.#element = document.createElement('div')
    this.#element.className = 'float-tip'
    this.#element.hidden = true
    parent.append(this.#element)
  }

  show(text: string, x: number, y: number): void {
    this.#element.textContent = text
    this.#element.hidden = false
    const room = this.#parent.clientWidth - this.#element.offsetWidth - 4
    this.#element.style.left = `${Math.max(4, Math.min(x + 12, room))}px`
    this.#element.style.top = `${Math.max(4, y - 36)}px`
  }

  hide(): void {
    this.#element.hidden = true
  }
}
