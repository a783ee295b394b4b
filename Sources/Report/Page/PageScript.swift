// SPDX-FileCopyrightText: 2026 The Imprimatur authors
// SPDX-License-Identifier: Apache-2.0

/// What a page does where scripts run: pictures are enlarged and read, tables sorted and filtered, answers saved.
///
/// Nothing of a page needs it to be read. It makes every control that it serves.
enum PageScript {
    static let text = """

        "use strict";
        (function(){
        var d=document,mk=function(n,t){var e=d.createElement(n);if(t!=null)e.textContent=t;return e};
        var btn=function(t,f){var b=mk("button",t);b.type="button";b.addEventListener("click",f);return b};
        function sig(v,n){return (+v.toPrecision(n)).toString()}
        function pictures(){d.querySelectorAll("figure[data-view]").forEach(function(fig){
        var pan=fig.querySelector(".pan"),img=fig.querySelector("img"),v=JSON.parse(fig.dataset.view),z=1,x=0,y=0,px=null;
        if(!img.complete){img.addEventListener("load",load)}else load();
        function load(){try{var c=d.createElement("canvas");c.width=img.naturalWidth;c.height=img.naturalHeight;
        var g=c.getContext("2d",{willReadFrequently:true});g.drawImage(img,0,0);
        px=g.getImageData(0,0,c.width,c.height).data}catch(e){px=null}}
        var out=mk("p");out.className="read dim";out.textContent="Point at the picture to read it.";
        var bar=mk("div");bar.className="tools";
        function show(){var w=pan.clientWidth,h=pan.clientHeight;x=Math.min(0,Math.max(x,w-w*z));
        y=Math.min(0,Math.max(y,h-h*z));img.style.transform="translate("+x+"px,"+y+"px) scale("+z+")";
        img.style.imageRendering=z>2?"pixelated":"auto";pan.classList.toggle("zoomed",z>1)}
        function zoom(k,cx,cy){var n=Math.min(16,Math.max(1,z*k));x=cx-(cx-x)*n/z;y=cy-(cy-y)*n/z;z=n;show()}
        function mid(k){zoom(k,pan.clientWidth/2,pan.clientHeight/2)}
        bar.append(btn("Enlarge",function(){mid(1.6)}),btn("Reduce",function(){mid(1/1.6)}),
        btn("Whole picture",function(){z=1;x=y=0;show()}));
        pan.tabIndex=0;pan.setAttribute("role","group");
        pan.setAttribute("aria-label","Picture; plus and minus enlarge and reduce, arrow keys move");
        pan.addEventListener("keydown",function(e){var s=40,k=e.key;if(k=="+"||k=="=")mid(1.6);else if(k=="-")mid(1/1.6);
        else if(k=="0"){z=1;x=y=0;show()}else if(z>1&&k.indexOf("Arrow")==0){
        x+=k=="ArrowLeft"?s:k=="ArrowRight"?-s:0;y+=k=="ArrowUp"?s:k=="ArrowDown"?-s:0;show()}else return;
        e.preventDefault()});
        pan.addEventListener("wheel",function(e){if(!e.ctrlKey&&z==1)return;var r=pan.getBoundingClientRect();
        zoom(e.deltaY<0?1.25:.8,e.clientX-r.left,e.clientY-r.top);e.preventDefault()},{passive:false});
        var drag=null;pan.addEventListener("pointerdown",function(e){if(z>1){drag=[e.clientX-x,e.clientY-y];
        pan.setPointerCapture(e.pointerId);e.preventDefault()}});
        pan.addEventListener("pointerup",function(){drag=null});pan.addEventListener("pointercancel",function(){drag=null});
        pan.addEventListener("dblclick",function(e){var r=pan.getBoundingClientRect();zoom(2,e.clientX-r.left,e.clientY-r.top)});
        pan.addEventListener("pointermove",function(e){if(drag){x=e.clientX-drag[0];y=e.clientY-drag[1];show();return}
        var r=img.getBoundingClientRect();read((e.clientX-r.left)*img.naturalWidth/r.width,
        (e.clientY-r.top)*img.naturalHeight/r.height)});
        function read(u,w){var t=[];
        for(var n=0;v&&v.parts&&n<v.parts.length;n++){var p=v.parts[n],m=p.m,a=u-m[0],b=w-m[1],q=m[2]*m[5]-m[3]*m[4];
        var i=(m[5]*a-m[4]*b)/q,j=(m[2]*b-m[3]*a)/q,s=p.start;
        if(i<s||j<s||i>=p.n[0]+s||j>=p.n[1]+s)continue;
        var fi=Math.floor(i-s),sj=Math.floor(j-s);
        t.push((v.parts.length>1?"panel "+(n+1)+", ":"")+"pixel "+fi+", "+sj);
        if(v.beam&&p.o){var f=p.f,l=p.s,o=[0,1,2].map(function(k){return p.o[k]+i*f[k]+j*l[k]}),
        dot=o[0]*v.beam[0]+o[1]*v.beam[1]+o[2]*v.beam[2],len=Math.hypot(o[0],o[1],o[2]),
        th=Math.acos(Math.max(-1,Math.min(1,dot/len)));t.push("2\\u03b8 "+sig(th*180/Math.PI,4)+"\\u00b0");
        if(v.wavelength&&th>0)t.push(sig(v.wavelength/2/Math.sin(th/2),4)+" \\u00c5")}break}
        if(px){var k=(Math.floor(w)*img.naturalWidth+Math.floor(u))*4,R=px[k],G=px[k+1],B=px[k+2];
        if(R!=null){if(R==G&&G==B&&v){var g=(255-R)/255;t.push(g<=0?"at most "+sig(v.low,4)+" counts":
        "about "+sig(v.low+v.soft*(Math.pow(2,g/v.scale)-1),3)+" counts")}
        else if(R==190&&G==208)t.push("masked or without a count");else if(R==255&&G==128)t.push("above the greatest count")}}
        out.textContent=t.length?t.join("; "):"no panel here"}
        fig.insertBefore(bar,pan);pan.after(out)})}
        function tables(){d.querySelectorAll("table.sort").forEach(function(t){
        var body=t.tBodies[0],rows=Array.from(body.rows),dir=0,at=-1;
        if(rows.length<2)return;
        var say=mk("p");say.className="dim";say.setAttribute("role","status");
        Array.from(t.tHead.rows[0].cells).forEach(function(h,n){var name=h.textContent;h.textContent="";
        h.append(btn(name,function(){dir=at==n?-dir:(n==0?1:-1);at=n;
        Array.from(t.tHead.rows[0].cells).forEach(function(o){o.removeAttribute("aria-sort");
        o.firstChild.textContent=o.firstChild.textContent.replace(/ [\\u25b2\\u25bc]$/,"")});
        h.setAttribute("aria-sort",dir>0?"ascending":"descending");h.firstChild.textContent=name+(dir>0?" \\u25b2":" \\u25bc");
        var key=rows.map(function(r){return r.cells[n]?r.cells[n].textContent:""}),
        num=key.every(function(k){return k===""||!isNaN(k)}),order=rows.map(function(r,k){return k});
        order.sort(function(a,b){var p=key[a],q=key[b],c=num?(+p)-(+q):p<q?-1:p>q?1:0;return c?c*dir:a-b});
        order.forEach(function(k){body.append(rows[k])})}))});
        if(rows.length>7){var bar=mk("div"),lab=mk("label","Show only rows with "),inp=mk("input");inp.type="search";
        bar.className="tools";lab.append(inp);bar.append(lab,say);t.closest(".wide").before(bar);
        inp.addEventListener("input",function(){var w=inp.value.toLowerCase().split(/\\s+/).filter(Boolean),n=0;
        rows.forEach(function(r){var s=r.textContent.toLowerCase(),ok=w.every(function(q){return s.indexOf(q)>=0});
        r.hidden=!ok;if(ok)n++});say.textContent=w.length?n+" of "+rows.length+" rows":""})}})}
        function copies(){d.querySelectorAll("pre[data-copy]").forEach(function(p){
        var b=btn(p.dataset.copy,function(){var ok=function(){b.textContent="Copied"};
        var old=function(){var s=getSelection(),r=d.createRange();r.selectNodeContents(p);s.removeAllRanges();s.addRange(r);
        try{if(d.execCommand("copy"))ok()}catch(e){}};
        if(navigator.clipboard)navigator.clipboard.writeText(p.textContent).then(ok,old);else old()});
        var bar=mk("div");bar.className="tools";bar.append(b);p.before(bar)})}
        function answers(){var all=Array.from(d.querySelectorAll("textarea[data-rule]"));if(!all.length)return;
        var bar=mk("div");bar.className="tools";
        bar.append(btn("Save the answers as answers.json5",function(){
        var list=all.filter(function(a){return a.value.trim()}).map(function(a){var o={rule:a.dataset.rule};
        if(a.dataset.file)o.file=a.dataset.file;if(a.dataset.place)o.place=a.dataset.place;o.answer=a.value.trim();
        o.date=new Date().toISOString().slice(0,10);return o});
        var u=URL.createObjectURL(new Blob([JSON.stringify(list,null,2)+"\\n"],{type:"application/json"})),l=mk("a");
        l.href=u;l.download="answers.json5";l.click();URL.revokeObjectURL(u)}));
        d.getElementById("answers").append(bar)}
        pictures();tables();copies();answers()})();

        """
}
