using RefIke.Engine;
using static RefIke.Exploration.Mutants.Seam;

namespace RefIke.Exploration.Mutants;

/// <summary>A guard or a next state of a table, overridden by its name in the machine and, the same, in the rows.</summary>
internal static class TableMutants
{
    public static IEnumerable<Mutant> All =>
    [
        Unguarded("M-36", "the initiator does not compare the answer with its offer", "2409-5-14",
            "MainModePsk.Initiator", "ChoiceWasOffered", "ChoiceNotOffered"),
        Unguarded("M-82", "the HASH of an Informational is not verified", "2409-5.7-01",
            "Informational.Receiver", "HashMatches", "HashDiffers"),
        Unguarded("M-97", "a public value of 0, 1 or p-1 is accepted", "2409-5-05",
            "MainModePsk.Responder", "PublicValueValid", "PublicValueInvalid"),
        Unguarded("M-904", "the responder takes any HASH_I", "2409-5-17",
            "MainModePsk.Responder", "HashMatches", "HashDiffers"),
        Unguarded("M-905", "the initiator takes any HASH_R", "2409-5-17",
            "MainModePsk.Initiator", "HashMatches", "HashDiffers"),
        Unguarded("M-906", "the responder of Quick Mode verifies neither HASH(1) nor HASH(3)", "2409-5.5-11",
            "QuickMode.Responder", "HashMatches", "HashDiffers"),
        Next("M-120", "retries without end, and state kept after the limit", "2408-5.1-03",
            "MainModePsk.Initiator.AwaitSaR.RetriesSpent.Always", "AwaitSaR", timing => timing with { Retries = int.MaxValue }),
        Next("M-907", "the initiator of Quick Mode fails where it should be established", "2409-5.5-20",
            "QuickMode.Initiator.AwaitHash2.Hash2SaNonce.AnswerAcceptable", "Failed"),
        Next("M-908", "the responder is established without awaiting HASH_I", "2409-5.4-01",
            "MainModePsk.Responder.AwaitKeI.KeyAndNonce.PublicValueValid", "Established"),
        Next("M-909", "the responder of Quick Mode is established without awaiting HASH(3)", "2409-5.5-20",
            "QuickMode.Responder.Idle.Hash1SaNonce.OfferAcceptable", "Established"),
    ];

    private static Mutant Next(
        string id, string words, string clause, string place, string next, Func<Timing, Timing>? timing = null) => new(id, words, clause)
        {
            Change = setup => setup with
            {
                Wiring = setup.Wiring with { NextStates = setup.Wiring.NextStates.Add(place, next) },
                Timing = timing?.Invoke(setup.Timing) ?? setup.Timing,
            },
            InTables = row => $"{row.Exchange}.{row.Role}.{row.State}.{row.Event}.{row.Guard}" == place ? row with { Next = next } : row,
        };
}
