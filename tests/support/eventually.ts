/** Waits until a condition holds, asking again and again; throws with what was hoped for when it does not in time. */
export async function eventually(hope: string, holds: () => boolean | Promise<boolean>, withinMs = 10_000): Promise<void> {
  const until = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > until) throw new Error(`Not within ${String(withinMs)} ms: ${hope}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
