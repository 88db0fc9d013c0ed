"""An OFD as programs of others write it, and none of ours."""

_NAMES = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OFD_OF_OTHERS = {
    "OFD.xml": f"""<ofd:OFD {_NAMES} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo>
<ofd:DocID>1</ofd:DocID></ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>
</ofd:OFD>""",
    "Doc_0/Document.xml": f"""<ofd:Document {_NAMES}><ofd:CommonData>
<ofd:MaxUnitID>30</ofd:MaxUnitID>
<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>
<ofd:PublicRes>Res.xml</ofd:PublicRes><ofd:TemplatePage ID="3" BaseLoc="T.xml"/></ofd:CommonData>
<ofd:Pages><ofd:Page ID="1" BaseLoc="P.xml"/></ofd:Pages></ofd:Document>""",
    "Doc_0/Res.xml": f"""<ofd:Res {_NAMES} BaseLoc="Res">
<ofd:Fonts><ofd:Font ID="4" FontName="仿宋"/>
</ofd:Fonts><ofd:DrawParams><ofd:DrawParam ID="5" LineWidth="0.5" Relative="6"/>
<ofd:DrawParam ID="6"><ofd:StrokeColor Value="255 0 0"/></ofd:DrawParam></ofd:DrawParams>
<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="7" Width="9" Height="9"><ofd:Content>
<ofd:PathObject ID="8" Boundary="0 0 9 9" DrawParam="5"><ofd:AbbreviatedData>M 0 0 L 9 0 C
</ofd:AbbreviatedData></ofd:PathObject></ofd:Content></ofd:CompositeGraphicUnit>
</ofd:CompositeGraphicUnits></ofd:Res>""",
    "Doc_0/T.xml": f"""<ofd:Page {_NAMES}><ofd:Content><ofd:Layer ID="9"><ofd:TextObject ID="10"
 Boundary="160 265 30 8" Font="4" Size="5"><ofd:TextCode X="0" Y="5" DeltaX="g 4 3">— 1 —
</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>""",
    "Doc_0/P.xml": f"""<ofd:Page {_NAMES}><ofd:Template TemplateID="3"/><ofd:Content>
<ofd:Layer ID="11" DrawParam="5"><ofd:PageBlock ID="12"><ofd:TextObject ID="13"
 Boundary="28 60 150 24" Font="4" Size="20" CTM="0 1 -1 0 0 0"><ofd:FillColor Value="255 0 0"/>
<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="1"><ofd:Glyphs>3</ofd:Glyphs>
</ofd:CGTransform><ofd:TextCode X="0" Y="20" DeltaX="20 20" DeltaY="0 0">某某局</ofd:TextCode>
</ofd:TextObject></ofd:PageBlock><ofd:CompositeObject ID="14" Boundary="9 9 9 9" ResourceID="7"/>
<ofd:PathObject ID="15" Boundary="28 124 156 1" Fill="true"><ofd:Clips><ofd:Clip><ofd:Area>
<ofd:Path Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 L 9 9 C</ofd:AbbreviatedData></ofd:Path>
</ofd:Area></ofd:Clip></ofd:Clips>
<ofd:AbbreviatedData>M 0 0 B 1 1 2 2 156 0 Q 1 1 2 2 A 1 1 0 0 1 9 9
</ofd:AbbreviatedData></ofd:PathObject></ofd:Layer></ofd:Content></ofd:Page>""",
}
"""A template, a composite object, pens, counted steps, a clip, what is turned."""
