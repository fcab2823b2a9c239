/** How many answers are remembered, and how heavy they may be together. */
export interface Room<Answer> {
  readonly mostAnswers: number;
  readonly mostWeight: number;
  weigh(answer: Answer): number;
}

/** The answers that were asked for last; the oldest are forgotten when they take too much room. */
export class LastAsked<Answer> {
  private readonly answers = new Map<string, Answer>();

  constructor(private readonly room: Room<Answer>) {}

  recall(question: string): Answer | undefined {
    return this.answers.get(question);
  }

  /** Takes the place of what was remembered of the same question. */
  remember(question: string, answer: Answer): void {
    this.answers.delete(question);
    this.answers.set(question, answer);
    let weight = [...this.answers.values()].reduce((sum, one) => sum + this.room.weigh(one), 0);
    for (const [oldest, forgotten] of this.answers) {
      if (this.answers.size <= this.room.mostAnswers && weight <= this.room.mostWeight) break;
      this.answers.delete(oldest);
      weight -= this.room.weigh(forgotten);
    }
  }
}
