/**
 * A dry run does everything and then lets the transaction fall: what it answers is what the change would have been,
 * by the same code. The thrown signal carries the result out of the change.
 */
class Fallen<T> extends Error {
  override readonly name = 'DryRunFallen';
  readonly result: T;
  constructor(result: T) {
    super('A dry run writes nothing');
    this.result = result;
  }
}

export const DryRun = {
  /** Runs `work`; when dry, `settle` ends the change with its result and the change is rolled back. */
  async run<T>(dry: boolean, work: (settle: (result: T) => T) => Promise<T>): Promise<T> {
    if (!dry) return work((result) => result);
    let fallen: Fallen<T> | undefined;
    try {
      return await work((result) => {
        fallen = new Fallen(result);
        throw fallen;
      });
    } catch (error) {
      if (fallen !== undefined && error === fallen) return fallen.result;
      throw error;
    }
  },
};
