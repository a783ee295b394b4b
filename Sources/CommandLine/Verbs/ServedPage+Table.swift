// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// The page of `serve --http`: it sends names and sizes of files, then bytes where they are asked for.
enum ServedPage {
    static let html = """
        <!doctype html>
        <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <title>Imprimatur: check raw diffraction data</title><link rel="icon" href="data:,">
        <link rel="stylesheet" href="page.css"><script src="page.js" defer></script></head>
        <body><main><h1>Check raw diffraction data</h1>
        <p>imgCIF, CBF, NeXus and HDF5. The files stay on your computer: this page sends their names and sizes, and the few
        pieces that are needed to check them.</p>
        <noscript><p>This page reads your files by a script, which is switched off. Send a file instead:
        <code>curl --data-binary @scan1.cif "…/check?name=scan1.cif"</code></p></noscript>
        <div id="drop"><p>Drop a file, a master with its data files, a folder or an archive here, or choose:</p>
        <p><label>Files <input id="files" type="file" multiple></label>
        <label>Folder <input id="folder" type="file" webkitdirectory></label></p></div>
        <form id="form"><label>Or the address of public data
        <input id="source" type="url" placeholder="https://" autocomplete="off"></label> <button>Check</button></form>
        <p id="state" role="status"></p><p id="links" hidden><a id="html" target="_blank" rel="noopener">the whole report</a>
        <a id="json" download="report.json">for programs</a></p>
        <pre id="report" tabindex="0" aria-label="Report" hidden></pre></main></body></html>
        """

    static let style = """
        :root{color-scheme:light dark;--line:#767676}
        body{font:16px/1.5 system-ui,sans-serif;margin:0;background:Canvas;color:CanvasText}
        main{max-width:60rem;margin:0 auto;padding:1rem}
        #drop{border:2px dashed var(--line);border-radius:.5rem;padding:1rem}
        #drop.over{border-style:solid}
        #drop label{display:inline-block;margin:.2rem 1rem .2rem 0}
        input[type=url]{width:100%;max-width:40rem;box-sizing:border-box;font:inherit}
        button{font:inherit}form{margin:1rem 0}
        pre{white-space:pre-wrap;overflow-wrap:anywhere;border:1px solid var(--line);padding:1rem}
        input[type=file]{max-width:100%}
        """

    static let script = """
        "use strict";
        (() => {
        const at = id => document.getElementById(id);
        const say = text => { at("state").textContent = text; };
        let turn = 0;
        async function post(url, body) {
          for (let tries = 0; ; tries++) {
            try {
              const answer = await fetch(url, {method: "POST", headers: {"X-Imprimatur": "1"}, body});
              const told = await answer.json();
              if (!answer.ok) throw new Error(told.refused || answer.statusText);
              return told;
            } catch (fault) {
              if (!(fault instanceof TypeError) || tries > 2) throw fault;
              await new Promise(done => setTimeout(done, 500 * (tries + 1)));
            }
          }
        }
        async function check(request, files) {
          const own = ++turn;
          for (const id of ["report", "links"]) at(id).hidden = true;
          say("Checking " + (files.length === 1 ? files[0].name : files.length ? files.length + " files" : request.source) + " …");
          try {
            const {session} = await post("session", JSON.stringify(request));
            const base = "session/" + session + "/";
            let url = base + "next", body = null;
            for (;;) {
              const told = await post(url, body);
              if (own !== turn) return;
              url = base + "next"; body = null;
              if (told.read) {
                const {n, file, from, count} = told.read;
                try {
                  body = await files[file].file.slice(from, from + count).arrayBuffer();
                  url += "?n=" + n;
                } catch (fault) { url += "?gone=1&n=" + n; body = null; }
              } else if (told.done) {
                const text = await (await fetch(base + "report?format=text")).text();
                at("report").textContent = text; at("report").hidden = false;
                at("json").href = base + "report?format=json";
                at("html").href = base + "report?format=html"; at("html").hidden = !told.html;
                at("links").hidden = false;
                const parts = Object.entries(told.summary).filter(([, n]) => n).map(([word, n]) => n + " " + word);
                say("Done: " + (parts.join(", ") || "nothing that is read") + ". " +
                  Math.ceil(told.bytes / 1024) + " KiB of the files were read.");
                return;
              }
            }
          } catch (fault) { if (own === turn) say("Not checked: " + fault.message); }
        }
        function begin(files, folder) {
          if (!files.length) return;
          check({folder, files: files.map(one => ({name: one.name, size: one.file.size}))}, files);
        }
        async function walk(entry, into) {
          if (entry.isFile) {
            const file = await new Promise((good, bad) => entry.file(good, bad));
            into.push({name: entry.fullPath.slice(1), file});
          } else {
            const reader = entry.createReader();
            for (;;) {
              const some = await new Promise((good, bad) => reader.readEntries(good, bad));
              if (!some.length) break;
              for (const one of some) await walk(one, into);
            }
          }
        }
        const drop = at("drop");
        addEventListener("dragover", event => { event.preventDefault(); drop.className = "over"; });
        addEventListener("dragleave", () => { drop.className = ""; });
        addEventListener("drop", async event => {
          event.preventDefault(); drop.className = "";
          const entries = [...event.dataTransfer.items].map(one => one.webkitGetAsEntry && one.webkitGetAsEntry());
          const plain = [...event.dataTransfer.files].map(file => ({name: file.name, file}));
          if (entries.some(one => one && one.isDirectory)) {
            const files = [];
            for (const one of entries) if (one) await walk(one, files);
            begin(files, true);
          } else begin(plain, false);
        });
        at("files").addEventListener("change", event =>
          begin([...event.target.files].map(file => ({name: file.name, file})), false));
        at("folder").addEventListener("change", event =>
          begin([...event.target.files].map(file => ({name: file.webkitRelativePath, file})), true));
        at("form").addEventListener("submit", event => {
          event.preventDefault();
          const source = at("source").value.trim();
          if (source) check({source}, []);
        });
        const source = new URLSearchParams(location.search).get("source");
        if (source) { at("source").value = source; check({source}, []); }
        })();
        """
}
