/**
 * Links: the addresses that the page gives an element as templates. A template that is missing or not http(s) gives
 * no link.
 */
export class Links {
  #element;

  constructor(element) {
    this.#element = element;
  }

  /** Where a profile field is edited. */
  edit(field) {
    return this.#fill('edit-href', '{field}', field);
  }

  /** Where an activity of this kind is done. */
  doing(kind) {
    return this.#fill('do-href', '{kind}', kind);
  }

  /** The page of a member. */
  person(member) {
    return this.#fill('person-href', '{member}', member);
  }

  #fill(attribute, placeholder, value) {
    const template = this.#element.getAttribute(attribute);
    if (!template) return undefined;
    const href = template.replaceAll(placeholder, encodeURIComponent(value));
    const base = this.#element.baseURI;
    const address = URL.canParse(href, base) ? new URL(href, base) : undefined;
    return /^https?:$/.test(address?.protocol) ? href : undefined;
  }
}
