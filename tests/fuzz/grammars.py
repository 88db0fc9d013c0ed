"""What the texts of each format are made of: their pieces, and words that change what they mean."""

from __future__ import annotations

import re

from mutations import NUMBERS, Grammar

MARKDOWN = Grammar(
    re.compile(r"\w+|\s+|[^\w\s]"),
    (
        "#", "# ", "## ", "##### ", "{#a}", "{#", "}", "**", "*", "***", "[", "]", "](", ")",
        "(", "[a](https://a.cn)", "[甲](javascript:1)", "![a](b.png)", "<", ">", "<b>", "</b>",
        "<!--", "-->", "{{", "}}", "{%", "%}", "\\", "\\\n", "  \n", "\n", "\n\n", "\t",
        "\u3000", " ", "- ", "1. ", "> ", "| ", "|", "---", "===", "```", "`", "&", "&amp;",
        "&#x4e00;", "~", "_", "!", "@", "a@b.cn", "https://a.cn/(", '"', "'", "“", "”", "《",
        "》", "（", "）", "〔2025〕", "。", "，", "；", "：", "、", "……", "——", "%", "～", "〇",
        "○", "××", "附件1", "第一条", "一、", "（一）", "1.", "2025年2月30日", "星期八", "5月底",
        "柳喆", "河湖科", "A", "é", "１", "\x00", "\x02", "\x03", "\x07", "\r", "\x85", "\u200b",
        "\u202e", "\u2028", "\ufeff", "\ufffd", "\ue000", "\U0001f004", "\U000e0001",
        "\U0002ffff", "e\u0301", "klzzwxh:0000", "\n1. ", "\n   1) ", "\n   ", "\n\n   ",
        "**甲：**", "{.独行}", "{#a .独行}", "[^1]", "[^甲]", "\n[^1]: ", "\n\n[^1]: 注。\n\n",
        "^", "^2^", "~2~", "\n: ", ": ", "\n组长\n: 柳喆　局长\n: 陆堃\n", "①", "（1）", "1.1",
        "1）",
    ),
)  # fmt: skip

_KEYS = (
    "文种", "标题", "发文机关", "发文字号", "份号", "密级", "签发人", "主送", "抄送", "成文日期",
    "用印", "附注", "版式", "印刷", "层次", "印发件", "附件", "文件", "列", "分组方式", "版面",
    "对账", "关键词", "网址", "相关文件", "名称", "简称", "机关代字", "网站", "人员", "部门",
    "术语", "上边距", "行距", "接受", "问题", "提示", "原文", "理由", "题注", "署名", "目录",
    "封面", "连续编号",
)  # fmt: skip

YAML = Grammar(
    re.compile(r"\w+|\n *|[^\S\n]+|[^\w\s]"),
    (
        *_KEYS, *(f"{key}: " for key in _KEYS), ":", ": ", "：", "- ", "-", "? ", "!", "!!str ",
        "!!binary ", "!!set ", "!!omap ", "!<a> ", "&a ", "*a", "<<: *a", "{", "}", "[", "]",
        ",", "{{ 标题 }}", "|", "|2-", ">", ">+9", "|0", '"', "'", "#", " # ", "%",
        "%YAML 1.1\n", "@", "`", "---\n", "...\n", "\n", "\n  ", "\n    - ", "\t", "  ", "~",
        "null", "true", "no", "0o17", "1:30", "2030-02-30", "2030-03-01", "0000-00-00",
        "99999-1-1", "２０３０-1-1", "1e3", ".inf", ".nan", "\\", '"\\u0000"', '"\\UFFFFFFFF"',
        '"\\xZZ"', '"\\ud800"', "[一、]", "1.1", "①", "通知", "函", "令", "命令", "印章",
        "双面", "plan.md",
        "tasks.csv", "../x.md", "/etc/passwd", "a\\b.md", ".", "", "\u3000", "\x00", "\x85",
        "\u2028", "\ufeff", "\ue000", "一、", "第一条", "无", "序号", "分组", "文字", "人员",
        "对应条款", "37mm", "-3.7厘米", "28磅", "1e999mm", "https://a.cn", "GB/T 33476",
    ),
)  # fmt: skip

CSV = Grammar(
    re.compile(r"\w+|\s+|[^\w\s]"),
    (
        ",", ",,,,,,,,", '"', '""', '"""', "\n", "\r\n", "\r", "\n\n", ";", "\t", "；", "，",
        "、", "/", " ", "\u3000", "\xa0", "'", "|", "序号", "组别", "任务", "时限", "责任人",
        "部门", "条款", "站点", "序号,组别,任务,时限,责任人,部门,条款\n", "1", "01", "１", "1.0",
        "-1", "清理岸线", "逐段排查。", "5月底", "年内", "长期", "2030-02-30", "2031年13月",
        "第三季度", "柳喆；陆堃", "柳喆，陆堃", "柳 喆", "河湖科", "一（一）", "一（九）",
        "=1+1", "@SUM(A1)", "+1", "\\", "#", "<b>", "**", "\x00", "\x1a", "\x85", "\u2028",
        "\u200b", "\ufeff", "\ufffd", "\ue000", "\U0001f004", "sep=;\n",
    ),
)  # fmt: skip

JSON = Grammar(
    re.compile(r'"|\w+|\s+|[^\w\s]'),
    (
        "{", "}", "[", "]", ":", ",", '"', '""', "null", "true", "-1", "1e999", "NaN", "\\", "\\u",
        "\\ud800", '"../../x"', '"/x"', '"files": {', '"bytes": ', '"sha256": ', '"format": 2',
        '{"a": ', "[[", "]]", "\x00", "\ufeff", *NUMBERS,
    ),
)  # fmt: skip

_MARKUP = r"<!--|-->|</?[\w:-]*|/?>|\s+[\w:-]+=|\"[^\"<>]*\"|&[#\w]*;?|\w+|\s+|."

HTML = Grammar(
    re.compile(_MARKUP, re.DOTALL),
    (
        "<div>", "</div>", "<p>", "</p>", "<br>", "<table>", "</table>", "<tr>", "</tr>", "<td>",
        "</td>", "<th>", "<th scope=col>", "<tbody>", "<thead>", "<caption>", "<h1>", "</h1>",
        "<h2>", "<h9>", "<b>", "</b>", "<a href=''>", '<a href="https://a.cn/">',
        "<a href='http://[::1'>", "</a>", "<script>", "</script>", "<style>", "<template>",
        "<noscript>", "<textarea>", "<svg>", "<math>", "<select><option>", "<iframe>",
        "<frameset>", "<plaintext>", "<xmp>", "<pre>", "<body>", "</body>", "<html>", "<head>",
        "<title>", "<meta charset=undefined>", '<meta charset="gbk">', "<meta charset=utf-7>",
        "<meta charset=idna>", "<meta charset=hex>", '<?xml version="1.0" encoding="x"?>',
        "<!DOCTYPE html>", "<![CDATA[", "]]>", "<!--", "-->", "<!ENTITY a 'b'>", "&a;", "&nbsp;",
        "&#0;", "&#x110000;", "&#xD800;", "&amp", " rowspan=", " colspan=", ' rowspan="9999"',
        ' colspan="9999"', ' rowspan="²"', ' style="display:none"', " hidden", " data-generated",
        ' role="presentation"', ' role="row"', "<x:y>", "<o:p>", "\x00", "\u200b", "\ufeff",
        "\U0001f004", "。", "，", "〔", "2030年", "12处", "MIME-Version: 1.0\n",
        "Content-Type: text/html\n\n", "Content-Type: multipart/related; boundary=a\n\n--a\n",
        "Content-Transfer-Encoding: base64\n", *(f'"{number}"' for number in NUMBERS),
    ),
)  # fmt: skip

DRAWING = Grammar(
    re.compile(_MARKUP, re.DOTALL),
    (
        "<g>", "</g>", "<script>", "</script>", "<style>", "</style>", "<foreignObject>", "<a>",
        "</a>", "<svg>", "</svg>", '<use href="https://a.cn/#b"/>', '<image href="file:///a.png"/>',
        '<image xlink:href="//a.cn/b"/>', '<path onload="a()"/>', '<path fill="url(//a.cn)"/>',
        "<style>@import 'a'</style>", '<set attributeName="href" to="https://a.cn"/>', "<!--",
        "-->", "<![CDATA[", "]]>", "<!DOCTYPE svg>", '<!DOCTYPE svg [<!ENTITY a "b">]>', "&a;",
        "&#0;", ' viewBox="0 0 0 0"', ' viewBox="1e9 -1 40 20"', ' width="1e400"',
        ' height="-3"', ' width="20mm"', " style='fill:u\\72l(https://a.cn)'",
        ' href="javascript:a"', ' xmlns:x="y"', ' x:y="z"', "<x:y/>", "东", "\0", "\ufffd",
    ),
)  # fmt: skip

WORD = Grammar(
    re.compile(_MARKUP, re.DOTALL),
    (
        "<w:p>", "</w:p>", "<w:p/>", "<w:r>", "</w:r>", "<w:t>", "</w:t>", "<w:t>字</w:t>",
        '<w:t xml:space="preserve"> </w:t>', "<w:pPr>", "<w:rPr>", "<w:b/>", '<w:b w:val="0"/>',
        "<w:sz/>", '<w:sz w:val="abc"/>', '<w:sz w:val="2.5e3"/>', '<w:spacing w:line="240"/>',
        '<w:pgSz w:w="abc" w:h=""/>', "<w:sectPr/>",
        '<w:sectPr><w:pgSz w:w="0" w:h="0"/></w:sectPr>', "<w:tbl>", "</w:tbl>", "<w:tr>",
        "<w:tc>", '<w:gridSpan w:val="9999"/>', "<w:vMerge/>", "<w:ins>", "<w:del>", "</w:del>",
        "<w:moveFrom>", "<w:moveTo>", "<w:sdt><w:sdtContent>", "<w:txbxContent>",
        "<mc:AlternateContent>", "<mc:Fallback>", "<w:br/>", '<w:br w:type="page"/>', "<w:sym/>",
        "<w:tab/>", "<w:fldChar/>", "<w:instrText>", "<w:hyperlink>", "<w:footnoteReference",
        '<w:basedOn w:val="b"/>', '<w:basedOn w:val="a"/>', '<w:pStyle w:val="x"/>', "<w:style>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&#0;", "&lt;", "<?pi?>", "<!-- -->",
        "<![CDATA[", "]]>", ' xmlns:w="x"', ' xmlns="x"', ' xml:space="x"', " w:val=", " w:w=",
        " w:line=", " r:id=", ' TargetMode="External"', ' Target="http://a.cn/"',
        ' Target="file:///etc/passwd"', ' Target="../../x"',
        '<Relationship Id="r" Type="image" Target="x" TargetMode="External"/>',
        '<?xml version="1.0" encoding="utf-16"?>', '<?xml version="1.0" encoding="x"?>',
        "\ufeff", "\x00", "\x0b", "\ufffe", *(f'"{number}"' for number in NUMBERS),
        *(f' w:val="{number}"' for number in NUMBERS),
    ),
)  # fmt: skip

SHEET = Grammar(
    re.compile(_MARKUP, re.DOTALL),
    (
        "<row>", "</row>", '<row r="1048576">', '<row r="0">', "<c>", "</c>", '<c r="XFD1048576">',
        '<c r="A1" t="s">', '<c r="A1" t="inlineStr">', '<c r="A1" t="b">', '<c r="A1" t="e">',
        '<c r="A1" t="d">', '<c r="a">', "<v>", "</v>", "<v>-1</v>", "<v>99999999</v>",
        "<v>1e308</v>", "<v>44927</v>", "<v>2958466</v>", "<f>", "</f>", "<f>SUM(A1:A2)</f>",
        '<f t="shared" si="0">', "<is><t>字</t></is>", '<mergeCell ref="A1:XFD1048576"/>',
        '<mergeCell ref="A1:A1"/>', '<mergeCell ref="A2:A1"/>', '<mergeCell ref=""/>',
        '<dimension ref="A1:ZZZ9"/>', '<col min="1" max="16384" hidden="1"/>',
        '<sheet name="" sheetId="1" r:id="rId1"/>', ' state="hidden"', ' state="veryHidden"',
        ' s="9999"', ' r="', ' t="', ' ref="', ' numFmtId="14"', ' hidden="1"', "<sst>", "<si>",
        "<si><r><t>字</t></r></si>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&#0;", "<?pi?>",
        ' TargetMode="External"', ' Target="http://a.cn/"', ' Target="../../x"', "\x00", "\x0b",
        *(f'"{number}"' for number in NUMBERS), *(f"<v>{number}</v>" for number in NUMBERS),
    ),
)  # fmt: skip

OFD = Grammar(
    re.compile(_MARKUP, re.DOTALL),
    (
        "<ofd:Layer>",
        "</ofd:Layer>",
        "<ofd:PageBlock>",
        "</ofd:PageBlock>",
        "<ofd:TextObject>",
        "<ofd:TextCode>字</ofd:TextCode>",
        '<ofd:TextCode X="1e9" Y="-1" DeltaX="g 99999999 1">',
        'Boundary="0 0 0 0"',
        'Boundary="1 2 3"',
        'Boundary="nan inf 1 1"',
        'CTM="0 0 0 0 0 0"',
        'CTM="1e7 1e7 1e7 1e7 0 0"',
        'DeltaX="g 3 5"',
        'DeltaX="g -1 5"',
        'DeltaY="5 5"',
        'Size="0"',
        'Size="1e6"',
        'Font="999"',
        'ResourceID="7"',
        'ResourceID="999"',
        '<ofd:CompositeObject Boundary="0 0 9 9" ResourceID="7"/>',
        '<ofd:Template TemplateID="3"/>',
        "<ofd:PhysicalBox>0 0 0 0</ofd:PhysicalBox>",
        "<ofd:PhysicalBox>0 0 9e9 9</ofd:PhysicalBox>",
        'BaseLoc="../../../../etc/passwd"',
        'BaseLoc="/"',
        'BaseLoc=""',
        'Relative="5"',
        'Relative="6"',
        'DrawParam="5"',
        "M",
        "L",
        "B",
        "Q",
        "A",
        "C",
        "S",
        "-1",
        "0",
        "1e308",
        "<ofd:FontFile>font_0.otf</ofd:FontFile>",
        "<ofd:PageRes>Res.xml</ofd:PageRes>",
        "<ofd:Glyphs>-1 70000 3</ofd:Glyphs>",
        'CodePosition="-5"',
        'Visible="false"',
        'Alpha="0"',
        '<ofd:ImageObject Boundary="0 0 9 9" ResourceID="1"/>',
        'Value="300 -1 x"',
        'Value="1"',
        '<!DOCTYPE a [<!ENTITY b "c">]>',
        "&b;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
    ),
)
RTF = Grammar(
    re.compile(r"\\[a-z]+-?[0-9]*|\\'[0-9a-f]{0,2}|\\.|[{}]|\w+|\s+|.", re.DOTALL),
    (
        "{", "}", "\\par ", "\\pard ",
        "\\plain ", "\\u20844 ?", "\\u-1 ?", "\\u99999999 ?", "\\uc0 ",
        "\\uc9999 ", "\\'b9\\'ab", "\\'b9", "\\'", "\\bin9999999 ", "\\bin-1 ", "\\bin3 abc",
        '{\\field{\\*\\fldinst INCLUDEPICTURE "file:///etc/passwd"}{\\fldrslt a}}',
        "{\\field{\\*\\fldinst PAGE}{\\fldrslt 1}}", "{\\field{\\*\\fldinst EQ \\\\f(1,2)}}",
        "{\\object\\objemb{\\*\\objdata d0cf11e0a1b11ae1}}", "{\\object\\objlink ", "{\\result ",
        "{\\pict\\pngblip 89504e47}", "{\\pict\\wmetafile8\\picw-1\\pich99999999 0100}",
        "{\\*\\template file:///a}", "\\trowd ", "\\cellx99999999",
        "\\cellx-1", "\\cell ", "\\row ",
        "\\intbl ", "\\itap9999", "\\nestcell ", "{\\*\\nesttableprops ", "\\clvmgf", "\\clvmrg",
        "\\ls1 ", "\\ls9999 ", "{\\listtext 1.}",
        "{\\*\\listtable ", "{\\footnote ", "{\\*\\ftnsep ",
        "{\\*\\", "{\\header ", "{\\footerl ", "\\fs0 ",
        "\\fs-1 ", "\\fs99999 ", "\\paperw0", "\\paperh-1",
        "\\margl99999999", "\\sect ", "\\sectd ",
        "\\page ", "\\column ", "\\cols9999", "\\ansicpg936 ",
        "\\ansicpg0 ", "\\ansicpg99999 ", "\\fcharset134 ", "\\f999 ", "\\s999 ", "\\sbasedon1 ",
        "\\revised ", "\\deleted ", "{\\*\\revtbl ",
        "{\\*\\annotation ", "{\\*\\atrfstart 0}", "\\v ",
        "{\\*\\bkmkstart a}", "{\\*\\bkmkend a}",
        "{\\shp{\\*\\shpinst ", "{\\sp{\\sn pib}{\\sv ", "{\\upr ",
        "{\\*\\ud ", "\\dn999 ", "{\\info{\\author a}}", "\\~",
        "\\_", "\\*", "\\\n", "\0", *NUMBERS,
    ),
    "latin-1",
)  # fmt: skip

OPEN_FORMAT = Grammar(
    re.compile(_MARKUP, re.DOTALL),
    (
        "<text:p>", "</text:p>", "<text:span>",
        "</text:span>", "<text:h>", "</text:h>", "<text:s/>",
        '<text:s text:c="99999999"/>', "<text:tab/>", "<text:line-break/>", "<text:list>",
        "<text:list-item>", "</text:list>", "<text:section>", "</text:section>",
        '<text:section-source xlink:href="file:///etc/passwd"/>', "<text:note>", "<text:note-body>",
        '<text:a xlink:href="javascript:a">', "</text:a>", "<text:page-number>", "<text:date/>",
        "<text:tracked-changes>", "<text:changed-region>", '<text:change text:change-id="a"/>',
        "<office:annotation>", "</office:annotation>", "<office:text>", "</office:text>",
        "<office:spreadsheet>", "<draw:frame>", "</draw:frame>", '<draw:image xlink:href="a.png"/>',
        '<draw:object xlink:href="./a"/>', "<draw:text-box>", "<table:table>", "</table:table>",
        "<table:table-row>", "</table:table-row>", "<table:table-cell>", "</table:table-cell>",
        "<table:covered-table-cell/>", "<table:table-header-rows>", "<office:scripts>",
        ' table:number-columns-spanned="9999"', ' table:number-rows-spanned="9999"',
        ' table:number-columns-repeated="99999999"', ' table:number-rows-repeated="99999999"',
        ' office:value-type="date"', ' office:date-value="0000-99-99"', ' office:value="1e999"',
        ' table:formula="of:=1/0"', ' table:visibility="collapse"', ' text:style-name="',
        ' style:parent-style-name="', ' text:outline-level="99"', ' fo:font-size="0pt"',
        ' fo:font-size="1e9pt"', ' fo:page-width="0cm"', ' fo:margin-left="-999cm"',
        ' xlink:href="', ' xlink:href="https://a.cn/"', ' xlink:href="../../x"',
        "<!DOCTYPE a [<!ENTITY b 'c'>]>", "&b;", "&#0;", "&lt;", "<?pi?>", "<![CDATA[", "]]>",
        "\x00", "\x0b", *(f'"{number}"' for number in NUMBERS),
    ),
)  # fmt: skip

PDF = Grammar(
    re.compile(r"/[\w.#+-]*|[-+]?[0-9]*\.?[0-9]+|<<|>>|<[0-9A-Fa-f]*>|\w+|\s+|.", re.DOTALL),
    (
        "obj", "endobj", "stream\n", "endstream", "xref", "trailer", "startxref", "%%EOF", "<<",
        ">>", "[", "]", "(", ")", "null", "true", "R", "0 0 R", "1 0 R", "2 0 R", "3 0 R",
        "/Type", "/Page", "/Pages", "/Kids", "/Count", "/Parent", "/Contents", "/Resources",
        "/StructTreeRoot", "/StructElem", "/S", "/K", "/Pg", "/MCID", "/MCR", "/OBJR", "/Stm",
        "/ParentTree", "/RoleMap", "/StructParents", "/Marked", "/P", "/Headers", "/A", "/C",
        "/Link", "/Rect", "/Dest", "/XYZ", "/URI", "/Outlines", "/First", "/Next", "/Widget",
        "/AP", "/N", "/F 4", "/OCProperties", "/OCGs", "/OFF", "/OC", "/D",
        "/MediaBox", "/CropBox", "/Rotate", "/UserUnit", "/Font", "/Type0", "/Type3",
        "/CharProcs", "/ToUnicode", "/Encoding", "/Identity-V", "/W", "/DW", "/FontMatrix",
        "/FirstChar", "/Widths", "/FontDescriptor", "/XObject", "/Form", "/Matrix", "/BBox",
        "/Image", "/Length", "/Filter", "/FlateDecode", "/LZWDecode", "/ASCIIHexDecode",
        "/JBIG2Decode", "/DCTDecode", "/Encrypt", "/ObjStm", "/Annots", "/Group", "[0 0 0 0]",
        "[0 0 1 1]", "[595 842 0 0]", "[-1e9 -1e9 1e9 1e9]", "[1 0 0 1 0 0]", "[0 0 0 0 0 0]",
        "q ", "Q ", "BT ", "ET ", "Tf ", "Td ", "Tm ", "Tj ", "TJ ", "Tr ", "Tz ", "Ts ", "cm ",
        "re f ", "re W n ", "m ", "l S ", "c ", "h ", "w ", "rg ", "RG ", "k ", "Do ", "/X1 Do ",
        "0 0 0 0 0 0 cm ", "0 0 0 0 re f ", "3 Tr ", "0 Tz ", "-100 Tz ", "<0001> Tj ",
        "<D800> Tj ", "beginbfchar", "beginbfrange", "<0000>", "<FFFF>", "<D83C>", "1e38",
        "-1e38", "0.0001", *NUMBERS,
    ),
    "latin-1",
)  # fmt: skip
