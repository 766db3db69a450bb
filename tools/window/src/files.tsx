// Into and out of the page: exports of what it has, a capture that the modem writes, a journal to look at.
import { useState } from 'preact/hooks';
import type { Entry } from './generated/journal';
import { post, remove } from './api';
import { captureOctets, caseText, journalText, reportText, save, transcriptText } from './export';
import { model, useModel } from './model';
import { Said, useDeed } from './knobs';

export async function openJournal(file: File): Promise<void> {
  model.openFile(file.name, await file.text());
}

export function FilesPane() {
  const { journal, isLive, source } = useModel();
  const [which, choose] = useState<'all' | 'shown'>('all');
  const [capture, setCapture] = useState('');
  const [said, perform] = useDeed();
  const entries = (): Entry[] => (which === 'all' ? journal.entries : journal.shown.map((place) => journal.entries[place]));
  // A case needs what the ladder may hide, as echoes.
  const span = (): Entry[] => {
    if (which === 'all' || journal.shown.length === 0) return journal.entries;
    return journal.entries.slice(journal.shown[0], journal.shown[journal.shown.length - 1] + 1);
  };
  return (
    <div class="pane">
      <h2>Export</h2>
      <div class="buttons" role="group" aria-label="Which entries">
        <button aria-pressed={which === 'all'} onClick={() => choose('all')}>All entries</button>
        <button aria-pressed={which === 'shown'} onClick={() => choose('shown')}>Those that the ladder shows</button>
      </div>
      <div class="buttons">
        <button onClick={() => save('journal.jsonl', journalText(entries()))}>Journal</button>
        <button onClick={() => save('transcript.txt', transcriptText(entries()))}>Transcript</button>
        <button onClick={() => save('datagrams.pcapng', captureOctets(entries()))}>Capture of the datagrams</button>
        <button onClick={() => save('report.md', reportText(entries()))}>Report</button>
        <button onClick={() => save('case.at', caseText(span()))}>Make this a test</button>
      </div>
      {isLive ? (
        <section>
          <h3>Capture with decrypted messages, by the modem</h3>
          <span class="argument"><label for="capture">file on its machine</label>
            <input id="capture" value={capture} onInput={(event) => setCapture(event.currentTarget.value)} /></span>
          <div class="buttons">
            <button onClick={() => perform(async () => { await post('/capture', { file: capture }); return 'It is written from now on.'; })}>Begin</button>
            <button onClick={() => perform(async () => { await remove('/capture'); return 'It has ended.'; })}>End</button>
          </div>
          <Said text={said} />
        </section>
      ) : null}
      <h2>Open a journal</h2>
      <p>What <code>vmodem --journal FILE</code> has written, as in CI: the page shows it without the modem.</p>
      <label class="file">Journal file <input type="file" id="journal-file" accept=".jsonl,.json,.log,.txt"
        onChange={(event) => { const file = event.currentTarget.files?.[0]; if (file) void openJournal(file); }} /></label>
      {source.is === 'file' && source.wrong > 0 ? <p class="said refused">{source.wrong} lines are no entries.</p> : null}
    </div>
  );
}
