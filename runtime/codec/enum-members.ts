/** Names of an enum's members in wire order, and the other spellings that readers accept. */
export class EnumMembers<E extends string> {
  readonly names: readonly E[];
  private readonly positions: ReadonlyMap<string, number>;
  private readonly spellings: ReadonlyMap<string, E>;

  constructor(names: readonly E[], aliases: Readonly<Record<string, E>>) {
    this.names = names;
    this.positions = new Map(names.map((name, position) => [name, position]));
    this.spellings = new Map([...Object.entries(aliases), ...names.map((name) => [name, name] as const)]);
  }

  /** Position of a member's name, `undefined` if there is no such member. */
  position(name: E): number | undefined {
    return this.positions.get(name);
  }

  /** The member with that name or other spelling. */
  member(spelling: string): E | undefined {
    return this.spellings.get(spelling);
  }

  /** What is wrong with a value that is no member. */
  complaint(value: unknown): string {
    return `is ${JSON.stringify(value)}, expected one of ${this.names.join(', ')}`;
  }
}
