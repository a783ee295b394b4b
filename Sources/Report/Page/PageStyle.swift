// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// How pages look: light and dark, on a narrow window, on paper.
enum PageStyle {
    static let text = """

        :root{color-scheme:light dark;--bg:#fff;--fg:#1b1d20;--soft:#f3f4f6;--line:#c7cbd1;--dim:#545a63;--link:#0b4f9e;
        --a:#a4161a;--b:#8a4300;--c:#5d5400;--g:#2c5a34;--pass:#1d5c2b;--panel:#dfe8f3;--edge:#2f4a6b;--beam:#b34700;
        --turn:#6a1b9a;--move:#00616b;--grav:#545a63;--mark:#a4161a}
        @media (prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e7e9ec;--soft:#1f242a;--line:#444b54;--dim:#b0b6be;
        --link:#8fc1ff;--a:#ff9d96;--b:#ffbb70;--c:#e4d878;--g:#9bd6a6;--pass:#8fd69e;--panel:#26364a;--edge:#9db9dc;
        --beam:#ffae66;--turn:#d7a6f2;--move:#6fd3dd;--grav:#b0b6be;--mark:#ff9d96}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,
        "Liberation Sans","DejaVu Sans",sans-serif}
        main{max-width:72rem;margin:0 auto;padding:1rem 1.25rem 3rem}
        a{color:var(--link)}
        .skip{position:absolute;left:-99em}.skip:focus{left:.5rem;top:.5rem;background:var(--bg);padding:.5rem}
        h1{font-size:1.5rem;line-height:1.25;margin:.5rem 0 .75rem;overflow-wrap:anywhere;unicode-bidi:isolate}
        h2{font-size:1.2rem;margin:2.25rem 0 .5rem;padding-bottom:.25rem;border-bottom:2px solid var(--line)}
        h3{font-size:1rem;margin:1.25rem 0 .25rem;overflow-wrap:anywhere}
        p,li,dd{overflow-wrap:anywhere}p{max-width:60rem;margin:.4rem 0}
        code,pre{font-family:ui-monospace,"Liberation Mono","DejaVu Sans Mono",monospace;font-size:.87em;
        overflow-wrap:anywhere}
        pre{white-space:pre-wrap;background:var(--soft);padding:.6rem .8rem;margin:.5rem 0;border:1px solid var(--line)}
        .dim,small,caption,figcaption,.src{color:var(--dim)}
        .src{font-size:.87rem;overflow-wrap:anywhere}
        nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.25rem 1rem;padding:0;margin:.75rem 0 0}
        .verdict{border:2px solid var(--line);border-left-width:.6rem;padding:.75rem 1rem;margin:.75rem 0}
        .verdict p{margin:.25rem 0}.verdict .word{font-size:1.35rem;font-weight:700}
        .verdict.pass{border-color:var(--pass)}.verdict.pass .word{color:var(--pass)}
        .verdict.fail{border-color:var(--a)}.verdict.fail .word{color:var(--a)}
        .verdict.unsure{border-color:var(--b);border-style:dashed;border-left-style:solid}
        .verdict.unsure .word{color:var(--b)}
        .wide{overflow-x:auto;margin:.5rem 0}
        .wide:focus-visible,a:focus-visible,button:focus-visible,textarea:focus-visible,input:focus-visible,
        summary:focus-visible,.pan:focus-visible{outline:3px solid var(--link);outline-offset:1px}
        table{border-collapse:collapse;font-size:.93rem}
        caption{text-align:left;padding:.2rem 0}
        th,td{text-align:left;vertical-align:top;padding:.22rem .8rem .22rem 0;border-bottom:1px solid var(--line);
        max-width:min(36rem,75vw);overflow-wrap:break-word;unicode-bidi:isolate}td code{overflow-wrap:break-word}
        thead th{border-bottom:2px solid var(--line);font-weight:600}
        tbody th{font-weight:400}
        .facts{width:100%}.src{overflow-wrap:break-word}.facts th{min-width:8rem}.raw tbody th,.raw thead th:first-child{min-width:2rem}.facts td:nth-child(2){min-width:9rem}.facts .src{min-width:9rem}
        .files td,.files thead th+th{white-space:nowrap}.matrix td:nth-child(4),.matrix td:nth-child(5),.files .text{white-space:normal;
        min-width:10rem}.files tbody th{min-width:12rem}
        .lv{display:inline-block;min-width:1.5em;text-align:center;font-weight:700;border:1.5px solid currentColor;
        border-radius:.2em;padding:0 .3em;line-height:1.35}
        .lvA{color:var(--a)}.lvB{color:var(--b)}.lvC{color:var(--c)}.lvG{color:var(--g)}
        .fail>td:nth-child(2),.f>td:nth-child(2){font-weight:700;color:var(--a)}
        .indeterminate>td:nth-child(2),.incomplete>td:nth-child(2),.skipped>td:nth-child(2),.u>td:nth-child(2){font-style:italic;
        color:var(--b)}
        article{border:1px solid var(--line);border-left:.35rem solid var(--line);padding:.5rem .9rem .7rem;
        margin:.75rem 0}
        article.A{border-left-color:var(--a)}article.B{border-left-color:var(--b)}
        article.C{border-left-color:var(--c)}article.G{border-left-color:var(--g)}
        article h3{margin:.1rem 0 .4rem;font-weight:600}
        dl{margin:.3rem 0}dt{float:left;clear:left;width:4.5rem;color:var(--dim)}dd{margin:0 0 .15rem 4.5rem}
        textarea{display:block;width:100%;min-height:3.2em;font:inherit;color:inherit;background:var(--bg);
        border:1px solid var(--dim);padding:.3rem .5rem}
        label{display:block;margin-top:.5rem;font-size:.93rem}
        button,input[type=search],select{font:inherit;color:inherit;background:var(--soft);border:1px solid var(--dim);
        border-radius:.2rem;padding:.25rem .7rem;min-height:2rem}
        thead button{border:0;background:none;padding:0 .2rem 0 0;font-weight:600;min-height:1.6rem;min-width:1.6rem;
        text-align:left}
        .tools{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:.5rem 0}.tools label{margin:0}
        details{margin:.6rem 0}td details{margin:0}summary{cursor:pointer}
        figure{margin:.75rem 0}figcaption{font-size:.93rem;max-width:60rem;overflow-wrap:anywhere}
        .views{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem}
        .views figure{margin:0}
        svg{display:block;width:100%;height:auto;max-height:34rem;background:var(--bg);border:1px solid var(--line)}
        svg text{fill:var(--fg);paint-order:stroke;stroke:var(--bg);stroke-linejoin:round}
        .panel{fill:var(--panel);stroke:var(--edge)}.fs{stroke:var(--edge);fill:none}.fsh{fill:var(--edge)}
        .beam{stroke:var(--beam);fill:none}.beamh,.beamt{fill:var(--beam)}
        .rotation{stroke:var(--turn);fill:none}.rotationh{fill:var(--turn)}
        .translation{stroke:var(--move);fill:none}.translationh{fill:var(--move)}
        .grav{stroke:var(--grav);fill:none}.gravh{fill:var(--grav)}
        .mark{stroke:var(--mark);fill:none}.dot{fill:var(--fg)}.rule{stroke:var(--dim);fill:none}
        svg .rotationt{fill:var(--turn)}svg .translationt{fill:var(--move)}svg .gravt{fill:var(--grav)}
        svg .markt{fill:var(--mark)}svg .beamt{fill:var(--beam)}svg .dimt{fill:var(--dim)}
        .pan{overflow:hidden;border:1px solid var(--line);background:#eeeae0;width:fit-content;max-width:100%}
        .pan img{display:block;width:auto;height:auto;max-width:100%;max-height:44rem;transform-origin:0 0}
        .zoomed{cursor:grab;touch-action:none}
        .read{min-height:1.5em;font-variant-numeric:tabular-nums}
        .strip{max-height:none}.s-decoded{fill:var(--panel);stroke:var(--edge)}
        .s-saturated{fill:var(--b)}.s-empty{fill:var(--bg);stroke:var(--b)}
        .s-missing{fill:var(--bg);stroke:var(--a)}.s-undecodable{fill:var(--a)}.s-none{fill:var(--soft)}
        .total{stroke:var(--edge);fill:none}
        .here{font-weight:700}
        footer{margin-top:3rem;border-top:1px solid var(--line);color:var(--dim);font-size:.87rem}
        @media (max-width:34rem){main{padding:.75rem .75rem 2rem}dt{float:none;width:auto}dd{margin-left:0}
        .facts td:nth-child(2){min-width:8rem}.raw td:nth-child(2){min-width:5rem}.raw td:nth-child(3){min-width:6.5rem}
        .facts td:last-child,.facts td:last-child *{overflow-wrap:anywhere;min-width:5.5rem}
        .facts th{min-width:0}th,td{padding-right:.5rem}}
        @media print{:root{--bg:#fff;--fg:#000;--soft:#fff;--line:#999;--dim:#333;--link:#000;--a:#8a0000;--b:#6b3400;
        --c:#443d00;--g:#1d4225;--pass:#1d4225;--panel:#e6edf5;--edge:#2f4a6b;--beam:#903800;--turn:#561580;--move:#004f57;
        --grav:#444;--mark:#8a0000}
        @page{size:A4;margin:16mm 14mm}html{font-size:9pt}body{font-size:1rem}textarea{min-height:2.4em}main{max-width:none;padding:0}nav,.skip,.tools,button{
        display:none}.wide{overflow:visible}article,figure,tr{break-inside:avoid}h2,h3{break-after:avoid}
        .views{grid-template-columns:1fr 1fr}.pictures{grid-template-columns:1fr 1fr 1fr}a{text-decoration:none}.pan img{transform:none!important}}

        """
}
