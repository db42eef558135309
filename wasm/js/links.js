/** Links: addresses that the page gives for what it does itself; nothing where it gives none that a link may lead to. */
export class Links {
  #element;

  constructor(element) {
    this.#element = element;
  }

  /** Where a profile field is edited. */
  edit(field) {
    return this.#filled('edit-href', '{field}', field);
  }

  /** Where an activity of a kind is done. */
  doing(kind) {
    return this.#filled('do-href', '{kind}', kind);
  }

  /** A member's page. */
  person(member) {
    return this.#filled('person-href', '{member}', member);
  }

  #filled(attribute, hole, value) {
    const template = this.#element.getAttribute(attribute);
    if (!template) return undefined;
    const href = template.replaceAll(hole, encodeURIComponent(value));
    const base = this.#element.baseURI;
    const address = URL.canParse(href, base) ? new URL(href, base) : undefined;
    return /^https?:$/.test(address?.protocol) ? href : undefined;
  }
}
