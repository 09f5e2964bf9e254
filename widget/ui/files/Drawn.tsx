import { Component, type JSX } from 'preact';

interface Props {
  readonly blob: Blob;
  /** What it shows, where nothing beside it says so. */
  readonly label?: string;
  /** The longer side that it is drawn with, in device pixels. */
  readonly side: number;
}

/** A picture that is on this device only, drawn into a canvas: no address of a page's making is a source of pictures. */
export class Drawn extends Component<Props> {
  private canvas: HTMLCanvasElement | null = null;

  override componentDidMount(): void {
    void this.draw();
  }

  override shouldComponentUpdate(next: Props): boolean {
    return next.blob !== this.props.blob;
  }

  override componentDidUpdate(): void {
    void this.draw();
  }

  override render({ label }: Props): JSX.Element {
    return (
      <canvas
        class="drawn"
        {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
        ref={(canvas: HTMLCanvasElement | null) => {
          this.canvas = canvas;
        }}
      />
    );
  }

  private async draw(): Promise<void> {
    const { blob, side } = this.props;
    const bitmap = await createImageBitmap(blob).catch(() => undefined);
    const { canvas } = this;
    if (bitmap && canvas && blob === this.props.blob) {
      const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
      canvas.width = Math.max(1, Math.round(bitmap.width * scale));
      canvas.height = Math.max(1, Math.round(bitmap.height * scale));
      const context = canvas.getContext('2d');
      if (context) context.imageSmoothingQuality = 'high';
      context?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    }
    bitmap?.close();
  }
}
