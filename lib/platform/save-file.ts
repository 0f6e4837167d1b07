/** Files that a person keeps. The browser asks where, so that no permission is needed. */

/** Hands a whole file to the browser's own download. */
export function saveFile(name: string, content: Blob): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken the content long before.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** A file that is written part by part. */
export interface FileSink {
  write(text: string): Promise<void>;
  /** Only now the file is there. */
  close(): Promise<void>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

interface Writable {
  write(text: string): Promise<void>;
  close(): Promise<void>;
  abort(): Promise<void>;
}

interface PickerWindow {
  showSaveFilePicker?(options: { readonly suggestedName: string }): Promise<{ createWritable(): Promise<Writable> }>;
}

/**
 * Straight to the disk where the browser can (Chromium); elsewhere the parts wait in the browser's blob store until the last
 * one. Call it inside the click: the dialog opens only there. `null`: the person chose no place.
 */
export async function openFile(name: string): Promise<FileSink | null> {
  const asking = window as unknown as PickerWindow;
  if (asking.showSaveFilePicker) {
    try {
      const handle = await asking.showSaveFilePicker({ suggestedName: name });
      return await handle.createWritable();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return null;
      // No dialog is allowed here, for example by a policy: the download is.
    }
  }
  const parts: Blob[] = [];
  return {
    async write(text) {
      parts.push(new Blob([text]));
    },
    async close() {
      saveFile(name, new Blob(parts, { type: 'application/x-ndjson' }));
    },
    async abort() {
      parts.length = 0;
    },
  };
}
