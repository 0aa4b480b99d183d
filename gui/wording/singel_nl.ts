<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="nl" sourcelanguage="en">
<context>
    <name>QFileDialog</name>
    <message>
        <source>Result card</source>
        <translation>Kaart maken</translation>
    </message>
</context>
<context>
    <name>card</name>
    <message>
        <source>Your code</source>
        <translation>Jouw code</translation>
    </message>
    <message>
        <source>You said: {substance}</source>
        <translation>Jij zei: {substance}</translation>
    </message>
    <message>
        <source>Strips</source>
        <translation>Strips</translation>
    </message>
    <message>
        <source>What this test cannot see</source>
        <translation>Wat deze test niet kan zien</translation>
    </message>
</context>
<context>
    <name>certainty</name>
    <message>
        <source>found</source>
        <translation>gevonden</translation>
    </message>
    <message>
        <source>probably</source>
        <translation>waarschijnlijk</translation>
    </message>
    <message>
        <source>could not tell</source>
        <translation>niet te zeggen</translation>
    </message>
</context>
<context>
    <name>evidence</name>
    <message>
        <source>None of its strongest bands stands out by itself.</source>
        <translation>Geen van de sterkste banden springt er zelf uit.</translation>
    </message>
    <message>
        <source>{there} of its {all} strongest bands are there: {bands} cm⁻¹.</source>
        <translation>{there} van de {all} sterkste banden zijn er: {bands} cm⁻¹.</translation>
    </message>
    <message>
        <source>Without {name} many times as much stays unexplained.</source>
        <translation>Zonder {name} blijft er vele malen meer onverklaard.</translation>
    </message>
    <message>
        <source>Without {name} about {times} times as much stays unexplained.</source>
        <translation>Zonder {name} blijft er ongeveer {times} keer zo veel onverklaard.</translation>
    </message>
    <message>
        <source>Without {name} hardly more stays unexplained.</source>
        <translation>Zonder {name} blijft er nauwelijks meer onverklaard.</translation>
    </message>
    <message>
        <source>{name} would explain the scan as well: it can be that instead.</source>
        <translation>{name} verklaart de scan even goed: dat kan het ook zijn.</translation>
    </message>
    <message>
        <source>{name} would explain the scan less well.</source>
        <translation>{name} verklaart de scan minder goed.</translation>
    </message>
    <message>
        <source>{name} would explain the scan far less well.</source>
        <translation>{name} verklaart de scan veel minder goed.</translation>
    </message>
    <message>
        <source>Why {name}?</source>
        <translation>Waarom {name}?</translation>
    </message>
    <message>
        <source>These should be there and we did not see them: {bands} cm⁻¹.</source>
        <translation>Deze horen er te zijn en zagen we niet: {bands} cm⁻¹.</translation>
    </message>
    <message>
        <source>No other substance of this library could stand in its place.</source>
        <translation>Geen andere stof uit deze bibliotheek past op die plaats.</translation>
    </message>
</context>
<context>
    <name>heading</name>
    <message>
        <source>Dangerous finding</source>
        <translation>Gevaarlijke vondst</translation>
    </message>
    <message>
        <source>Different from what you expected</source>
        <translation>Anders dan je verwachtte</translation>
    </message>
    <message>
        <source>As you said, limits apply</source>
        <translation>Zoals je zei, met grenzen</translation>
    </message>
    <message>
        <source>We could not tell</source>
        <translation>We konden het niet zien</translation>
    </message>
    <message>
        <source>We were not told what it was sold as</source>
        <translation>We weten niet waarvoor het verkocht is</translation>
    </message>
    <message>
        <source>not finished: use strips</source>
        <translation>niet klaar: gebruik strips</translation>
    </message>
</context>
<context>
    <name>hidden</name>
    <message>
        <source>This test cannot recognise at all: {names}.</source>
        <translation>Deze test kan helemaal niet herkennen: {names}.</translation>
    </message>
    <message>
        <source>Less than this part of the signal can be hidden: {names}.</source>
        <translation>Minder dan dit deel van het signaal kan verborgen zijn: {names}.</translation>
    </message>
    <message>
        <source>Not seen, and how much can be hidden is not known: {names}.</source>
        <translation>Niet gezien, en hoeveel er verborgen kan zijn is niet bekend: {names}.</translation>
    </message>
    <message>
        <source>Not every kind of these is in the library: {names}.</source>
        <translation>Niet elke soort hiervan staat in de bibliotheek: {names}.</translation>
    </message>
</context>
<context>
    <name>quality</name>
    <message>
        <source>The signal is too weak.</source>
        <translation>Het signaal is te zwak.</translation>
    </message>
    <message>
        <source>The detector was saturated.</source>
        <translation>De detector was verzadigd.</translation>
    </message>
    <message>
        <source>Fluorescence covers most of the signal.</source>
        <translation>Fluorescentie bedekt het meeste van het signaal.</translation>
    </message>
    <message>
        <source>The scan covers only a part of what is compared.</source>
        <translation>De scan dekt maar een deel van wat wordt vergeleken.</translation>
    </message>
    <message>
        <source>The scan was processed before: no limits can be given.</source>
        <translation>De scan was al bewerkt: er zijn geen grenzen te geven.</translation>
    </message>
    <message>
        <source>The scan was weighted by wavenumber to match the library.</source>
        <translation>De scan is op golfgetal gewogen om bij de bibliotheek te passen.</translation>
    </message>
    <message>
        <source>How sure a name is was not learned on two instruments of this kind.</source>
        <translation>Hoe zeker een naam is, is niet op twee zulke instrumenten geleerd.</translation>
    </message>
    <message>
        <source>Too few frames to judge the noise.</source>
        <translation>Te weinig beelden om de ruis te beoordelen.</translation>
    </message>
</context>
<context>
    <name>sentence</name>
    <message>
        <source>{Substance}: found, about {share} of what we could explain{interval}.</source>
        <translation>{Substance}: gevonden, ongeveer {share} van wat we konden verklaren{interval}.</translation>
    </message>
    <message>
        <source>{Substance}: found. How much cannot be said.</source>
        <translation>{Substance}: gevonden. Hoeveel is niet te zeggen.</translation>
    </message>
    <message>
        <source>Probably {substance}, about {share} of what we could explain{interval}.</source>
        <translation>Waarschijnlijk {substance}, ongeveer {share} van wat we konden verklaren{interval}.</translation>
    </message>
    <message>
        <source>Probably {substance}. How much cannot be said.</source>
        <translation>Waarschijnlijk {substance}. Hoeveel is niet te zeggen.</translation>
    </message>
    <message>
        <source>We could not tell whether {substance} is in it.</source>
        <translation>We konden niet zien of er {substance} in zit.</translation>
    </message>
    <message>
        <source>We could not tell what this is.</source>
        <translation>We konden niet zien wat dit is.</translation>
    </message>
    <message>
        <source>Sold as {substance}. We did not see it; this scan shows it from {limit} of the signal up.</source>
        <translation>Verkocht als {substance}. Dat zagen we niet; deze meting laat het zien vanaf {limit} van het signaal.</translation>
    </message>
    <message>
        <source>Sold as {substance}. We did not see it; from how much this scan would show it is not known.</source>
        <translation>Verkocht als {substance}. Dat zagen we niet; vanaf hoeveel deze meting het zou laten zien is niet bekend.</translation>
    </message>
    <message>
        <source>Sold as {substance}. We saw it.</source>
        <translation>Verkocht als {substance}. Dat zagen we.</translation>
    </message>
    <message>
        <source>Sold as {substance}. This test cannot recognise that.</source>
        <translation>Verkocht als {substance}. Deze test kan dat niet herkennen.</translation>
    </message>
    <message>
        <source>We did not see {substance}; this scan shows it from {limit} of the signal up.</source>
        <translation>{Substance} zagen we niet; deze meting laat het zien vanaf {limit} van het signaal.</translation>
    </message>
    <message>
        <source>We did not see {substance}; from how much this scan would show it is not known.</source>
        <translation>{Substance} zagen we niet; vanaf hoeveel deze meting het zou laten zien is niet bekend.</translation>
    </message>
    <message>
        <source>This test cannot recognise {substance} at all.</source>
        <translation>Deze test kan {substance} helemaal niet herkennen.</translation>
    </message>
    <message>
        <source>Something else is in it that we could not name (bands at {bands} cm⁻¹).</source>
        <translation>Er zit nog iets in dat we niet konden benoemen (banden bij {bands} cm⁻¹).</translation>
    </message>
    <message>
        <source>Something else is in it that we could not name.</source>
        <translation>Er zit nog iets in dat we niet konden benoemen.</translation>
    </message>
    <message>
        <source>We saw no unexplained bands. Small amounts can still be hidden.</source>
        <translation>We zagen geen onverklaarde banden. Er kunnen nog kleine hoeveelheden verborgen zijn.</translation>
    </message>
    <message>
        <source>{Strip} strip, one line: a drug of this kind is present. The light test saw one too.</source>
        <translation>{Strip}strip, één streep: er zit zo'n middel in. De lichttest zag er ook een.</translation>
    </message>
    <message>
        <source>{Strip} strip, one line: a drug of this kind is present, amount unknown. The light test did not see it: too little for it.</source>
        <translation>{Strip}strip, één streep: er zit zo'n middel in, hoeveelheid onbekend. De lichttest zag het niet: daarvoor is het te weinig.</translation>
    </message>
    <message>
        <source>{Strip} strip, two lines: not seen above the limit of the strip. Some kinds do not show on a strip.</source>
        <translation>{Strip}strip, twee strepen: niet gezien boven de grens van de strip. Sommige soorten ziet een strip niet.</translation>
    </message>
    <message>
        <source>{Strip} strip, no control line: it says nothing. Use a new strip.</source>
        <translation>{Strip}strip, geen controlestreep: deze zegt niets. Neem een nieuwe strip.</translation>
    </message>
    <message>
        <source>{Strip} strip: not read yet.</source>
        <translation>{Strip}strip: nog niet afgelezen.</translation>
    </message>
    <message>
        <source>Take less than you are used to.</source>
        <translation>Neem minder dan je gewend bent.</translation>
    </message>
    <message>
        <source>Do not use alone.</source>
        <translation>Gebruik niet alleen.</translation>
    </message>
    <message>
        <source>A deadly amount can lie below these limits. Use a fentanyl strip and a nitazene strip.</source>
        <translation>Een dodelijke hoeveelheid kan onder deze grenzen liggen. Gebruik een fentanylstrip en een nitazeenstrip.</translation>
    </message>
    <message>
        <source>Only the bit that we tested.</source>
        <translation>Alleen het stukje dat we maten.</translation>
    </message>
    <message>
        <source>This test says nothing about strength or dose.</source>
        <translation>Deze test zegt niets over sterkte of dosis.</translation>
    </message>
    <message>
        <source>It never says that something is without risk; people react differently.</source>
        <translation>De test zegt nooit dat iets zonder risico is; mensen reageren verschillend.</translation>
    </message>
    <message>
        <source>We stopped the light early: the sample warmed or glowed.</source>
        <translation>We zijn eerder met licht gestopt: het monster werd warm of gloeide.</translation>
    </message>
    <message>
        <source>SIMULATED – not a test</source>
        <translation>GESIMULEERD – geen test</translation>
    </message>
    <message>
        <source>Not every kind of it is in the library.</source>
        <translation>Niet elke soort ervan staat in de bibliotheek.</translation>
    </message>
    <message>
        <source>how much cannot be said</source>
        <translation>hoeveel is niet te zeggen</translation>
    </message>
    <message>
        <source>about {share} of what we could explain{interval}</source>
        <translation>ongeveer {share} van wat we konden verklaren{interval}</translation>
    </message>
</context>
<context>
    <name>singel::gui::ChartSpectrumView</name>
    <message>
        <source>▲ is there</source>
        <translation>▲ is er</translation>
    </message>
    <message>
        <source>● says nothing clear</source>
        <translation>● zegt niets duidelijks</translation>
    </message>
    <message>
        <source>★ should be there</source>
        <translation>★ hoort er te zijn</translation>
    </message>
    <message>
        <source>fitted with %1</source>
        <translation>berekend met %1</translation>
    </message>
    <message>
        <source>fitted without %1</source>
        <translation>berekend zonder %1</translation>
    </message>
    <message>
        <source>Bands of %1 that are there: %2.</source>
        <translation>Banden van %1 die er zijn: %2.</translation>
    </message>
    <message>
        <source>Spectrum</source>
        <translation>Spectrum</translation>
    </message>
    <message>
        <source>measured now</source>
        <translation>nu gemeten</translation>
    </message>
    <message>
        <source>Live spectrum from %1 to %2 (%3).</source>
        <translation>Live spectrum van %1 tot %2 (%3).</translation>
    </message>
    <message>
        <source>No spectrum yet.</source>
        <translation>Nog geen spectrum.</translation>
    </message>
    <message>
        <source>measured, background taken off</source>
        <translation>gemeten, zonder achtergrond</translation>
    </message>
    <message>
        <source>fitted mixture</source>
        <translation>berekend mengsel</translation>
    </message>
    <message>
        <source>others</source>
        <translation>andere</translation>
    </message>
    <message>
        <source>Spectrum from %1 to %2 (%3), strongest bands at %4. Fitted with: %5.</source>
        <translation>Spectrum van %1 tot %2 (%3), sterkste banden bij %4. Berekend met: %5.</translation>
    </message>
    <message>
        <source>left over, drawn %1 times larger</source>
        <translation>wat overblijft, %1 keer zo groot getekend</translation>
    </message>
    <message>
        <source>left over</source>
        <translation>wat overblijft</translation>
    </message>
    <message>
        <source>Raman shift, cm⁻¹</source>
        <translation>Ramanverschuiving, cm⁻¹</translation>
    </message>
    <message>
        <source>wavenumber, cm⁻¹</source>
        <translation>golfgetal, cm⁻¹</translation>
    </message>
    <message>
        <source>pixel</source>
        <translation>pixel</translation>
    </message>
    <message>
        <source>wavelength, nm</source>
        <translation>golflengte, nm</translation>
    </message>
</context>
<context>
    <name>singel::gui::FindingsCard</name>
    <message>
        <source>Why?</source>
        <translation>Waarom?</translation>
    </message>
    <message>
        <source>What we found</source>
        <translation>Wat we vonden</translation>
    </message>
    <message>
        <source>Nothing that we could name.</source>
        <translation>Niets wat we konden benoemen.</translation>
    </message>
    <message>
        <source>This test cannot tell it from: %1.</source>
        <translation>Deze test ziet geen verschil met: %1.</translation>
    </message>
</context>
<context>
    <name>singel::gui::HiddenCard</name>
    <message>
        <source>Less than this can be hidden in this sample:</source>
        <translation>Minder dan dit kan in dit monster verborgen zijn:</translation>
    </message>
    <message>
        <source>What this scan could not have seen</source>
        <translation>Wat deze meting niet kon zien</translation>
    </message>
    <message>
        <source>Limits of this scan</source>
        <translation>Grenzen van deze meting</translation>
    </message>
</context>
<context>
    <name>singel::gui::LaserBadge</name>
    <message>
        <source>Stop laser (Esc)</source>
        <translation>Stop laser (Esc)</translation>
    </message>
    <message>
        <source>Switches the laser off at once. The key Escape does the same.</source>
        <translation>Zet de laser meteen uit. De toets Escape doet hetzelfde.</translation>
    </message>
    <message>
        <source>No laser</source>
        <translation>Geen laser</translation>
    </message>
    <message>
        <source>Laser off</source>
        <translation>Laser uit</translation>
    </message>
    <message>
        <source>▲ LASER ON · %1 s</source>
        <translation>▲ LASER AAN · %1 s</translation>
    </message>
    <message>
        <source>▲ LASER MAY BE ON</source>
        <translation>▲ LASER IS MISSCHIEN AAN</translation>
    </message>
</context>
<context>
    <name>singel::gui::LimitsModel</name>
    <message>
        <source>Substance</source>
        <translation>Stof</translation>
    </message>
    <message>
        <source>Can be hidden up to</source>
        <translation>Kan verborgen zijn tot</translation>
    </message>
</context>
<context>
    <name>singel::gui::MainWindow</name>
    <message>
        <source>Connecting …</source>
        <translation>Verbinden …</translation>
    </message>
    <message>
        <source>No instrument</source>
        <translation>Geen apparaat</translation>
    </message>
    <message>
        <source>virtual instrument</source>
        <translation>virtueel apparaat</translation>
    </message>
    <message>
        <source>not yet proven on this model</source>
        <translation>op dit model nog niet bewezen</translation>
    </message>
    <message>
        <source>Card written: %1</source>
        <translation>Kaart gemaakt: %1</translation>
    </message>
</context>
<context>
    <name>singel::gui::MeasurePanel</name>
    <message>
        <source>■ Stop laser</source>
        <translation>■ Stop laser</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Terug</translation>
    </message>
    <message>
        <source>Stops this check and switches the laser off. Nothing is recorded.</source>
        <translation>Stopt deze controle en zet de laser uit. Er wordt niets bewaard.</translation>
    </message>
    <message>
        <source>Hold to keep the laser on (space bar)</source>
        <translation>Vasthouden om de laser aan te houden (spatiebalk)</translation>
    </message>
    <message>
        <source>The beam is open. The laser stops half a second after you let go.</source>
        <translation>De bundel is open. De laser stopt een halve seconde na het loslaten.</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>Voortgang van de controle</translation>
    </message>
    <message>
        <source>about %1 s left</source>
        <translation>nog ongeveer %1 s</translation>
    </message>
    <message>
        <source>Exposure %1 ms, %2 of full scale</source>
        <translation>Belichting %1 ms, %2 van het bereik</translation>
    </message>
    <message>
        <source>frame %1 of %2</source>
        <translation>opname %1 van %2</translation>
    </message>
    <message>
        <source>Measuring the dark, the laser is off</source>
        <translation>Donker meten, de laser is uit</translation>
    </message>
    <message>
        <source>Comparing with the library</source>
        <translation>Vergelijken met de bibliotheek</translation>
    </message>
    <message>
        <source>Keeping the record</source>
        <translation>Meting bewaren</translation>
    </message>
    <message>
        <source>Measuring your sample</source>
        <translation>Je monster meten</translation>
    </message>
</context>
<context>
    <name>singel::gui::ResultPanel</name>
    <message>
        <source>Result</source>
        <translation>Resultaat</translation>
    </message>
    <message>
        <source>Result card</source>
        <translation>Kaart maken</translation>
    </message>
    <message>
        <source>Writes the card of this sample as a PDF file.</source>
        <translation>Maakt de kaart van dit monster als PDF-bestand.</translation>
    </message>
    <message>
        <source>Language of the card</source>
        <translation>Taal van de kaart</translation>
    </message>
    <message>
        <source>Next sample</source>
        <translation>Volgende</translation>
    </message>
</context>
<context>
    <name>singel::gui::StartPanel</name>
    <message>
        <source>Check</source>
        <translation>Controleer</translation>
    </message>
    <message>
        <source>Look again</source>
        <translation>Zoek opnieuw</translation>
    </message>
    <message>
        <source>Connecting to the instrument …</source>
        <translation>Verbinden met het apparaat …</translation>
    </message>
    <message>
        <source>No instrument</source>
        <translation>Geen apparaat</translation>
    </message>
    <message>
        <source>Plug the instrument in and switch it on, then press Look again.</source>
        <translation>Sluit het apparaat aan, zet het aan en druk op Zoek opnieuw.</translation>
    </message>
    <message>
        <source>The instrument is finishing</source>
        <translation>Het apparaat maakt iets af</translation>
    </message>
    <message>
        <source>It still ends its last measurement. One moment.</source>
        <translation>Het beëindigt nog zijn laatste meting. Een ogenblik.</translation>
    </message>
    <message>
        <source>The check was stopped</source>
        <translation>De controle is gestopt</translation>
    </message>
    <message>
        <source>Nothing was recorded. Press Check to start again.</source>
        <translation>Er is niets bewaard. Druk op Controleer om opnieuw te beginnen.</translation>
    </message>
    <message>
        <source>Place the sample, then press Check</source>
        <translation>Leg het monster neer en druk op Controleer</translation>
    </message>
    <message>
        <source>A tip of a knife is enough. Close the cover. The laser is on while we measure; Escape switches it off at any moment.</source>
        <translation>Een mespunt is genoeg. Sluit de klep. De laser is aan terwijl we meten; Escape zet hem op elk moment uit.</translation>
    </message>
    <message>
        <source>A tip of a knife is enough. Close the cover.</source>
        <translation>Een mespunt is genoeg. Sluit de klep.</translation>
    </message>
</context>
<context>
    <name>singel::gui::TroublePanel</name>
    <message>
        <source>Try again</source>
        <translation>Probeer opnieuw</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Terug</translation>
    </message>
    <message>
        <source>For whoever helps you: %1</source>
        <translation>Voor wie je helpt: %1</translation>
    </message>
</context>
<context>
    <name>strip</name>
    <message>
        <source>fentanyl</source>
        <translation>fentanyl</translation>
    </message>
    <message>
        <source>nitazene</source>
        <translation>nitazeen</translation>
    </message>
    <message>
        <source>benzodiazepine</source>
        <translation>benzodiazepine</translation>
    </message>
</context>
<context>
    <name>substance</name>
    <message>
        <source>2-fluorodeschloroketamine</source>
        <translation>2-fluordeschloorketamine</translation>
    </message>
    <message>
        <source>acetaminophen</source>
        <translation>paracetamol</translation>
    </message>
    <message>
        <source>acetic acid</source>
        <translation>azijnzuur</translation>
    </message>
    <message>
        <source>acetone</source>
        <translation>aceton</translation>
    </message>
    <message>
        <source>alanine</source>
        <translation>alanine</translation>
    </message>
    <message>
        <source>amphetamine</source>
        <translation>amfetamine</translation>
    </message>
    <message>
        <source>arginine</source>
        <translation>arginine</translation>
    </message>
    <message>
        <source>ascorbic acid</source>
        <translation>ascorbinezuur</translation>
    </message>
    <message>
        <source>benzocaine</source>
        <translation>benzocaïne</translation>
    </message>
    <message>
        <source>benzodiazepines</source>
        <translation>benzodiazepinen</translation>
    </message>
    <message>
        <source>caffeine</source>
        <translation>cafeïne</translation>
    </message>
    <message>
        <source>calcium carbonate</source>
        <translation>calciumcarbonaat</translation>
    </message>
    <message>
        <source>carfentanil</source>
        <translation>carfentanil</translation>
    </message>
    <message>
        <source>citric acid anhydrate</source>
        <translation>citroenzuur-anhydraat</translation>
    </message>
    <message>
        <source>citric acid monohydrate</source>
        <translation>citroenzuur-monohydraat</translation>
    </message>
    <message>
        <source>citric acid</source>
        <translation>citroenzuur</translation>
    </message>
    <message>
        <source>cocaine</source>
        <translation>cocaïne</translation>
    </message>
    <message>
        <source>dichloromethane</source>
        <translation>dichloormethaan</translation>
    </message>
    <message>
        <source>dimethylsulfoxide</source>
        <translation>dimethylsulfoxide</translation>
    </message>
    <message>
        <source>ethanol</source>
        <translation>ethanol</translation>
    </message>
    <message>
        <source>ethyl acetate</source>
        <translation>ethylacetaat</translation>
    </message>
    <message>
        <source>fentanyl analogues</source>
        <translation>fentanyl-achtigen</translation>
    </message>
    <message>
        <source>fentanyl</source>
        <translation>fentanyl</translation>
    </message>
    <message>
        <source>fentanyls</source>
        <translation>fentanylen</translation>
    </message>
    <message>
        <source>fructose</source>
        <translation>fructose</translation>
    </message>
    <message>
        <source>glucose</source>
        <translation>glucose</translation>
    </message>
    <message>
        <source>glycerol</source>
        <translation>glycerol</translation>
    </message>
    <message>
        <source>glycine</source>
        <translation>glycine</translation>
    </message>
    <message>
        <source>heroin</source>
        <translation>heroïne</translation>
    </message>
    <message>
        <source>hydrocortisone</source>
        <translation>hydrocortison</translation>
    </message>
    <message>
        <source>isopropanol</source>
        <translation>isopropanol</translation>
    </message>
    <message>
        <source>ketamine</source>
        <translation>ketamine</translation>
    </message>
    <message>
        <source>lactose</source>
        <translation>lactose</translation>
    </message>
    <message>
        <source>levamisole</source>
        <translation>levamisol</translation>
    </message>
    <message>
        <source>lidocaine</source>
        <translation>lidocaïne</translation>
    </message>
    <message>
        <source>magnesium stearate</source>
        <translation>magnesiumstearaat</translation>
    </message>
    <message>
        <source>mannitol</source>
        <translation>mannitol</translation>
    </message>
    <message>
        <source>medetomidine</source>
        <translation>medetomidine</translation>
    </message>
    <message>
        <source>metamizole</source>
        <translation>metamizol</translation>
    </message>
    <message>
        <source>methadone</source>
        <translation>methadon</translation>
    </message>
    <message>
        <source>methamphetamine</source>
        <translation>methamfetamine</translation>
    </message>
    <message>
        <source>methanol</source>
        <translation>methanol</translation>
    </message>
    <message>
        <source>methyl parabene</source>
        <translation>methylparabeen</translation>
    </message>
    <message>
        <source>morphine</source>
        <translation>morfine</translation>
    </message>
    <message>
        <source>nitazenes</source>
        <translation>nitazenen</translation>
    </message>
    <message>
        <source>oxycodone</source>
        <translation>oxycodon</translation>
    </message>
    <message>
        <source>paracetamol</source>
        <translation>paracetamol</translation>
    </message>
    <message>
        <source>phenacetin</source>
        <translation>fenacetine</translation>
    </message>
    <message>
        <source>polyethylene glycol</source>
        <translation>polyethyleenglycol</translation>
    </message>
    <message>
        <source>polyethylene</source>
        <translation>polyetheen</translation>
    </message>
    <message>
        <source>polypropylene</source>
        <translation>polypropeen</translation>
    </message>
    <message>
        <source>polystyrene</source>
        <translation>polystyreen</translation>
    </message>
    <message>
        <source>procaine</source>
        <translation>procaïne</translation>
    </message>
    <message>
        <source>sodium acetate</source>
        <translation>natriumacetaat</translation>
    </message>
    <message>
        <source>sodium bicarbonate</source>
        <translation>natriumbicarbonaat</translation>
    </message>
    <message>
        <source>sodium carbonate</source>
        <translation>natriumcarbonaat</translation>
    </message>
    <message>
        <source>sodium hydrogen citrate</source>
        <translation>natriumwaterstofcitraat</translation>
    </message>
    <message>
        <source>sodium sulfate</source>
        <translation>natriumsulfaat</translation>
    </message>
    <message>
        <source>starch</source>
        <translation>zetmeel</translation>
    </message>
    <message>
        <source>sucrose</source>
        <translation>sucrose</translation>
    </message>
    <message>
        <source>synthetic cannabinoids</source>
        <translation>synthetische cannabinoïden</translation>
    </message>
    <message>
        <source>synthetic cathinones</source>
        <translation>synthetische cathinonen</translation>
    </message>
    <message>
        <source>thiamine</source>
        <translation>thiamine</translation>
    </message>
    <message>
        <source>toluene</source>
        <translation>tolueen</translation>
    </message>
    <message>
        <source>urea</source>
        <translation>ureum</translation>
    </message>
    <message>
        <source>xylazine</source>
        <translation>xylazine</translation>
    </message>
</context>
<context>
    <name>trouble</name>
    <message>
        <source>Something was asked that this instrument cannot do.</source>
        <translation>Er is iets gevraagd wat dit apparaat niet kan.</translation>
    </message>
    <message>
        <source>Read the details below and start again with other settings.</source>
        <translation>Lees de details hieronder en begin opnieuw met andere instellingen.</translation>
    </message>
    <message>
        <source>We could not find the instrument or a file.</source>
        <translation>We konden het apparaat of een bestand niet vinden.</translation>
    </message>
    <message>
        <source>Check the cable and the power of the instrument, then try again.</source>
        <translation>Controleer de kabel en de stroom van het apparaat en probeer het opnieuw.</translation>
    </message>
    <message>
        <source>This computer does not let the program use the instrument or a file.</source>
        <translation>Deze computer laat het programma het apparaat of een bestand niet gebruiken.</translation>
    </message>
    <message>
        <source>Ask the person who looks after this computer for permission.</source>
        <translation>Vraag toestemming aan wie deze computer beheert.</translation>
    </message>
    <message>
        <source>Another program is using the instrument or the records.</source>
        <translation>Een ander programma gebruikt het apparaat of de gegevens.</translation>
    </message>
    <message>
        <source>Close the other program, then try again.</source>
        <translation>Sluit het andere programma en probeer het opnieuw.</translation>
    </message>
    <message>
        <source>A file is not what it should be.</source>
        <translation>Een bestand is niet wat het moet zijn.</translation>
    </message>
    <message>
        <source>Choose another file, or bring the library in again.</source>
        <translation>Kies een ander bestand, of haal de bibliotheek opnieuw binnen.</translation>
    </message>
    <message>
        <source>The library is made for another kind of instrument.</source>
        <translation>De bibliotheek is voor een ander soort apparaat gemaakt.</translation>
    </message>
    <message>
        <source>Choose a library for this instrument.</source>
        <translation>Kies een bibliotheek voor dit apparaat.</translation>
    </message>
    <message>
        <source>The dark measurement is missing.</source>
        <translation>De donkermeting ontbreekt.</translation>
    </message>
    <message>
        <source>Try again; the dark is measured first.</source>
        <translation>Probeer het opnieuw; het donker wordt eerst gemeten.</translation>
    </message>
    <message>
        <source>The sample gives too much light for the instrument.</source>
        <translation>Het monster geeft te veel licht voor het apparaat.</translation>
    </message>
    <message>
        <source>Use less of the sample or move it a little, then try again.</source>
        <translation>Neem minder van het monster of verschuif het een beetje en probeer het opnieuw.</translation>
    </message>
    <message>
        <source>The sample gives too little light to measure.</source>
        <translation>Het monster geeft te weinig licht om te meten.</translation>
    </message>
    <message>
        <source>Check that the sample lies in the light spot, then try again.</source>
        <translation>Kijk of het monster in de lichtvlek ligt en probeer het opnieuw.</translation>
    </message>
    <message>
        <source>The laser may not go on: a door or the key is open.</source>
        <translation>De laser mag niet aan: een klep of het slot staat open.</translation>
    </message>
    <message>
        <source>Close the cover and turn the key, then try again.</source>
        <translation>Sluit de klep, draai de sleutel en probeer het opnieuw.</translation>
    </message>
    <message>
        <source>The disk is full.</source>
        <translation>De schijf is vol.</translation>
    </message>
    <message>
        <source>Make room on the disk, then try again. What was recorded before is kept.</source>
        <translation>Maak ruimte op de schijf en probeer het opnieuw. Wat al bewaard was, blijft bewaard.</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>De controle is gestopt.</translation>
    </message>
    <message>
        <source>Start again when you are ready.</source>
        <translation>Begin opnieuw als je zover bent.</translation>
    </message>
    <message>
        <source>This program cannot do that yet.</source>
        <translation>Dat kan dit programma nog niet.</translation>
    </message>
    <message>
        <source>Read the details below.</source>
        <translation>Lees de details hieronder.</translation>
    </message>
    <message>
        <source>The instrument was unplugged.</source>
        <translation>Het apparaat is losgekoppeld.</translation>
    </message>
    <message>
        <source>Plug it in again, then try again. The laser counts as on until then.</source>
        <translation>Sluit het weer aan en probeer het opnieuw. Tot dan geldt de laser als aan.</translation>
    </message>
    <message>
        <source>The instrument does not answer.</source>
        <translation>Het apparaat antwoordt niet.</translation>
    </message>
    <message>
        <source>Unplug it, wait a moment, plug it in again, then try again.</source>
        <translation>Trek de stekker eruit, wacht even, sluit het weer aan en probeer het opnieuw.</translation>
    </message>
    <message>
        <source>The instrument refused what it was asked.</source>
        <translation>Het apparaat weigerde wat er gevraagd werd.</translation>
    </message>
    <message>
        <source>The instrument gave an answer that makes no sense.</source>
        <translation>Het apparaat gaf een antwoord dat niet klopt.</translation>
    </message>
    <message>
        <source>The laser may still be on.</source>
        <translation>De laser kan nog aan zijn.</translation>
    </message>
    <message>
        <source>Do not look into it. Turn the key or pull the plug of the instrument now.</source>
        <translation>Kijk er niet in. Draai nu de sleutel om of trek de stekker van het apparaat eruit.</translation>
    </message>
    <message>
        <source>This computer could not read or write what was needed.</source>
        <translation>Deze computer kon niet lezen of schrijven wat nodig was.</translation>
    </message>
    <message>
        <source>Try again. If it stays, call the person who looks after this computer.</source>
        <translation>Probeer het opnieuw. Blijft het zo, bel dan wie deze computer beheert.</translation>
    </message>
</context>
</TS>
