// Long forms filled in from the keyboard: Enter goes to the next field, Ctrl+Enter goes on; lines
// of a roster come, go and move; a question that is not asked steps back; a section counts itself.
const FORM = 'form[data-entry]'
const FAMILY = '[name$="-family_name"]'
const FIELDS = 'input:not([type=hidden]), select, textarea'

export function followEntry(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      goOn(event)
      return
    }
    const form = formOf(event.target)
    if (!form || !(event.target instanceof HTMLElement)) return
    if (event.key === 'Enter') onEnter(event, event.target, form)
    else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
      const line = event.target.closest<HTMLElement>('[data-line]')
      if (!line) return
      event.preventDefault()
      move(line, event.key === 'ArrowUp' ? -1 : 1)
    }
  })
  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null
    if (button && formOf(button) && press(button)) event.preventDefault()
  })
  document.addEventListener('change', (event) => {
    const form = formOf(event.target)
    if (!form) return
    if (event.target instanceof HTMLInputElement && event.target.hasAttribute('data-attach-now')) {
      if (event.target.files?.length) form.querySelector<HTMLElement>('[data-attach]')?.click()
      return
    }
    follow(form)
  })
}

export function prepareEntry(root: ParentNode): void {
  for (const form of root.querySelectorAll<HTMLFormElement>(FORM)) {
    follow(form)
    openAround(form.querySelector('[aria-invalid="true"]'))
  }
}

// At a desk one types at once, where the address says or in the first empty field; on a phone the
// keyboard would hide the page.
export function startTyping(): void {
  const wanted = location.hash.slice(1)
  if (wanted) {
    openAround(document.getElementById(wanted), true)
    history.replaceState(null, '', location.pathname + location.search)
    return
  }
  const form = document.querySelector<HTMLFormElement>(FORM)
  if (!form || form.querySelector('[data-error-summary]') || !matchMedia('(min-width: 992px)').matches) return
  fieldsOf(form).find(isEmpty)?.focus({ preventScroll: true })
}

function isEmpty(field: HTMLElement): boolean {
  if (!(field instanceof HTMLInputElement)) return (field as HTMLSelectElement).value === ''
  if (field.type === 'radio') {
    const group = field.form?.elements.namedItem(field.name)
    return group instanceof RadioNodeList && group.value === ''
  }
  return !['checkbox', 'file'].includes(field.type) && field.value === ''
}

function formOf(target: EventTarget | null): HTMLFormElement | null {
  return target instanceof Element ? target.closest<HTMLFormElement>(FORM) : null
}

// From anywhere on the page, unless a dialog asks something else.
function goOn(event: KeyboardEvent): void {
  const button = document.querySelector<HTMLElement>(`${FORM} [data-continue]`)
  if (!button || document.querySelector('dialog:modal')) return
  event.preventDefault()
  button.click()
}

function onEnter(event: KeyboardEvent, target: HTMLElement, form: HTMLFormElement): void {
  if (!target.matches('input:not([type=file]), select')) return
  event.preventDefault()
  if (target.closest('dialog')) return
  const line = target.closest<HTMLElement>('[data-line]')
  const fields = fieldsOf(form)
  const next = fields[fields.indexOf(target) + 1]
  // The last field of the last line begins a new member, as a clerk copying a paper expects.
  if (line && isLastOf(target, line) && !line.nextElementSibling) addLine(form)
  else if (next) reach(next)
  else form.querySelector<HTMLElement>('[data-continue]')?.focus()
}

function fieldsOf(form: HTMLFormElement): HTMLElement[] {
  return [...form.querySelectorAll<HTMLElement>(FIELDS)].filter(
    (field) =>
      !field.closest('[hidden], dialog, .roster-more:not([open])') &&
      !(field instanceof HTMLInputElement && field.type === 'radio' && !isChosenOfGroup(field)),
  )
}

// One stop for a group of radio buttons, as with the Tab key.
function isChosenOfGroup(radio: HTMLInputElement): boolean {
  const group = radio.form?.elements.namedItem(radio.name)
  if (!(group instanceof RadioNodeList)) return true
  return group.value ? radio.checked : group[0] === radio
}

function isLastOf(field: HTMLElement, line: HTMLElement): boolean {
  const fields = [...line.querySelectorAll<HTMLElement>(FIELDS)].filter(
    (one) => !one.closest('.roster-more:not([open])'),
  )
  return fields.at(-1) === field
}

function reach(field: HTMLElement): void {
  openAround(field)
  field.focus()
  if (field instanceof HTMLInputElement && field.type !== 'radio') field.select()
}

function openAround(element: Element | null, focuses = false): void {
  const around = element?.closest('details')
  if (around) around.open = true
  if (focuses && element instanceof HTMLElement) element.focus()
}

function press(button: HTMLButtonElement): boolean {
  const line = button.closest<HTMLElement>('[data-line]')
  const form = formOf(button)
  if (button.hasAttribute('data-add-line') && form) addLine(form)
  else if (line && button.hasAttribute('data-up')) move(line, -1, button)
  else if (line && button.hasAttribute('data-down')) move(line, 1, button)
  else if (line && button.hasAttribute('data-remove')) remove(line)
  else return false
  return true
}

function addLine(form: HTMLFormElement): void {
  const roster = form.querySelector<HTMLElement>('[data-roster]')
  const template = form.querySelector<HTMLTemplateElement>('[data-line-template]')
  if (!roster || !template) return
  const keys = [...roster.children].map((line) => Number((line as HTMLElement).dataset['line']))
  const key = Math.max(Number(roster.dataset['lastKey'] ?? 0), ...keys, 0) + 1
  // A key is not given twice: the answers of a member who was removed must not find another.
  roster.dataset['lastKey'] = String(key)
  const line = template.content.cloneNode(true) as DocumentFragment
  for (const element of line.querySelectorAll('*')) {
    for (const name of ['id', 'name', 'for', 'value', 'data-line', 'aria-describedby']) {
      const value = element.getAttribute(name)
      if (value?.includes('__key__')) element.setAttribute(name, value.replace('__key__', String(key)))
    }
  }
  // Most members bear the name of the head: it is proposed, and typing replaces it.
  const head = [...roster.querySelectorAll<HTMLSelectElement>('[name$="-relationship"]')].find(
    (select) => select.value === 'head',
  )
  const known = (head?.closest('[data-line]') ?? roster).querySelector<HTMLInputElement>(FAMILY)
  const family = line.querySelector<HTMLInputElement>(FAMILY)
  if (known && family) family.value = known.value
  const first = line.querySelector<HTMLElement>(FIELDS)
  roster.append(line)
  changed(roster)
  first?.focus()
}

function move(line: HTMLElement, step: -1 | 1, button?: HTMLElement): void {
  const focused = button ?? (document.activeElement as HTMLElement | null)
  const other = step === -1 ? line.previousElementSibling : line.nextElementSibling
  if (!other) return
  if (step === -1) other.before(line)
  else other.after(line)
  changed(line.parentElement)
  focused?.focus()
}

function remove(line: HTMLElement): void {
  const roster = line.parentElement
  const beside = line.nextElementSibling ?? line.previousElementSibling
  line.remove()
  changed(roster)
  const next = beside?.querySelector<HTMLElement>(FIELDS)
  const add = document.querySelector<HTMLElement>('[data-add-line]')
  ;(next ?? add)?.focus()
}

// Lines are numbered anew, and the draft hears of it.
function changed(roster: HTMLElement | null): void {
  if (!roster) return
  for (const [place, line] of [...roster.children].entries()) {
    const number = line.querySelector('[data-line-number]')
    if (number) number.textContent = String(place + 1)
  }
  roster.dispatchEvent(new Event('input', { bubbles: true }))
}

function follow(form: HTMLFormElement): void {
  for (const question of form.querySelectorAll<HTMLElement>('[data-asked-when]')) {
    question.hidden = !isAsked(question, form)
  }
  for (const section of form.querySelectorAll<HTMLElement>('[data-section]')) count(section)
}

function isAsked(question: HTMLElement, form: HTMLFormElement): boolean {
  const conditions = JSON.parse(question.dataset['askedWhen'] ?? '{}') as Record<string, unknown[]>
  const prefix = question.querySelector<HTMLInputElement>('[name]')?.name.split('-')[0] ?? ''
  return Object.entries(conditions).every(([name, wanted]) => {
    const given = new FormData(form).getAll(`${prefix}-${name}`).map(String)
    // A question hidden itself calls for nothing.
    const asked = form.querySelector(`[name="${prefix}-${name}"]`)?.closest<HTMLElement>('[data-asked-when]')
    return !asked?.hidden && given.some((one) => wanted.map(String).includes(one))
  })
}

function count(section: HTMLElement): void {
  const output = section.querySelector('[data-count]')
  if (!output) return
  const asked = [...section.querySelectorAll<HTMLElement>('.question:not([hidden])')]
  const answered = asked.filter((question) =>
    [...question.querySelectorAll<HTMLInputElement | HTMLSelectElement>(FIELDS)].some((field) =>
      field instanceof HTMLInputElement && (field.type === 'checkbox' || field.type === 'radio')
        ? field.checked
        : field.value.trim() !== '',
    ),
  )
  output.textContent = `${answered.length} / ${asked.length}`
}
