using System.Text;

namespace Nabla.Tables;

/// <summary>
/// Composes Latin letters with their accents, which some systems write as two characters: o and ¨ become ö. The runtime does so only
/// where it has the data of all cultures.
/// </summary>
internal static class LatinText
{
    /// <summary>Letters and what they become, pair by pair, for each accent.</summary>
    private static readonly Dictionary<char, string> Pairs = new()
    {
        ['\u0300'] = "AÀEÈIÌNǸOÒUÙaàeèiìnǹoòuù",
        ['\u0301'] = "AÁCĆEÉGǴIÍLĹNŃOÓRŔSŚUÚYÝZŹaácćeégǵiílĺnńoórŕsśuúyýzź",
        ['\u0302'] = "AÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶaâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷ",
        ['\u0303'] = "AÃIĨNÑOÕUŨaãiĩnñoõuũ",
        ['\u0308'] = "AÄEËIÏOÖUÜYŸaäeëiïoöuüyÿ",
        ['\u030A'] = "AÅUŮaåuů",
        ['\u0327'] = "CÇEȨGĢKĶLĻNŅRŖSŞTŢcçeȩgģkķlļnņrŗsştţ",
        ['\u030C'] = "AǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽaǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzž",
        ['\u0304'] = "AĀEĒIĪOŌUŪYȲaāeēiīoōuūyȳ",
        ['\u0306'] = "AĂEĔGĞIĬOŎUŬaăeĕgğiĭoŏuŭ",
        ['\u0307'] = "AȦCĊEĖGĠIİOȮZŻaȧcċeėgġoȯzż",
        ['\u0328'] = "AĄEĘIĮOǪUŲaąeęiįoǫuų",
        ['\u030B'] = "OŐUŰoőuű",
    };

    /// <summary>The text with composed letters.</summary>
    public static string Compose(string text)
    {
        if (!text.Any(Pairs.ContainsKey))
            return text;
        var composed = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            if (composed.Length > 0 && Pairs.TryGetValue(c, out string? pairs) && Find(pairs, composed[^1]) is { } letter)
                composed[^1] = letter;
            else
                composed.Append(c);
        }
        return composed.ToString();
    }

    private static char? Find(string pairs, char letter)
    {
        for (int i = 0; i < pairs.Length; i += 2)
        {
            if (pairs[i] == letter)
                return pairs[i + 1];
        }
        return null;
    }
}
