/**
 * Makes one thing of each of many, and anew only where something of what it is made of is another: what stayed
 * keeps its identity, so that who draws it need not draw it again. Keys are unique; who is no longer among the
 * many is forgotten.
 */
export class Each<Item, Made> {
  private kept = new Map<string, { of: readonly unknown[]; made: Made }>();

  constructor(
    private readonly keyOf: (item: Item) => string,
    private readonly make: (item: Item) => Made,
  ) {}

  /** `inputs`: all that `make` reads of an item, compared by identity. */
  of(items: readonly Item[], inputs: (item: Item) => readonly unknown[]): Made[] {
    const before = this.kept;
    this.kept = new Map();
    return items.map((item) => {
      const key = this.keyOf(item);
      const of = inputs(item);
      const known = before.get(key);
      const one = known && sameInputs(known.of, of) ? known : { of, made: this.make(item) };
      this.kept.set(key, one);
      return one.made;
    });
  }
}

const sameInputs = (one: readonly unknown[], other: readonly unknown[]): boolean => one.length === other.length && one.every((input, at) => Object.is(input, other[at]));
