/** Memory for one page, used for one after another: asking for new memory costs more than what is done in it. */
class Scratch {
  #known = new Uint8Array();
  #packed = new Uint16Array();
  #numbers = new Float64Array();

  known(count: number): Uint8Array {
    if (this.#known.length < count) this.#known = new Uint8Array(count);
    return this.#known.subarray(0, count);
  }

  packed(count: number): Uint16Array {
    // One more, for the last rows may be without a value.
    if (this.#packed.length <= count) this.#packed = new Uint16Array(count + 1);
    return this.#packed.subarray(0, count);
  }

  numbers(count: number): Float64Array {
    if (this.#numbers.length < count) this.#numbers = new Float64Array(count);
    return this.#numbers.subarray(0, count);
  }
}

export const scratch = new Scratch();
