import { MultiBar, type SingleBar } from 'cli-progress';

/** A bar on the terminal while a long command works, and lines above it. Where standard error is no terminal there are only the lines. */
export class ProgressBar {
  private bars: MultiBar | null = null;
  private bar: SingleBar | null = null;
  private title = '';

  constructor(private readonly stream: NodeJS.WriteStream = process.stderr) {}

  /** So much of so much, under a title; a new title starts a new bar in the place of the old one. */
  show(title: string, done: number, of: number): void {
    if (!this.stream.isTTY || of <= 0) return;
    this.bars ??= new MultiBar({ stream: this.stream, format: '{title} {bar} {percentage} %', barCompleteChar: '█', barIncompleteChar: '░', barsize: 40, hideCursor: true, clearOnComplete: true });
    if (title !== this.title) {
      if (this.bar) this.bars.remove(this.bar);
      this.bar = this.bars.create(of, 0, { title });
      this.title = title;
    }
    this.bar?.update(Math.min(done, of));
  }

  /** A line above the bar. */
  say(line: string): void {
    if (this.bars) this.bars.log(`${line}\n`);
    else this.stream.write(`${line}\n`);
  }

  /** Takes the bar away. */
  end(): void {
    this.bars?.update();
    this.bars?.stop();
    this.bars = null;
    this.bar = null;
    this.title = '';
  }
}
