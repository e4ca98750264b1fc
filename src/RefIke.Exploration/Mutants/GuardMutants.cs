using RefIke.Engine;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Phase1.MainMode;

namespace RefIke.Exploration.Mutants;

/// <summary>A guard, send or next state of a table, overridden by its name at one end.</summary>
internal static class GuardMutants
{
    public static IEnumerable<Mutant> All =>
    [
        Next("M-120", "the initiator never gives up message 1", "2408-5.1-03", "MainModePsk.Initiator.AwaitSaR.RetriesSpent.Always", "AwaitSaR"),
        Next("M-145", "the initiator of Quick Mode fails where it should be established", "2409-5.5-03",
            "QuickMode.Initiator.AwaitHash2.Hash2SaNonce.AnswerAcceptable", "Failed"),
        new("M-096", "the responder's HASH_I check refuses everybody", "2409-5-06", setup => setup with
        {
            Wiring = setup.Wiring with
            {
                Guards = setup.Wiring.Guards
                    .Add("MainModePsk.Initiator.HashMatches", (_, _) => false)
                    .Add("MainModePsk.Initiator.HashDiffers", (_, _) => true),
            },
        }),
        new("M-026", "the initiator leaves HASH_I out of message 5", "2409-5.4-03", setup => setup with
        {
            Wiring = setup.Wiring with
            {
                Sends = setup.Wiring.Sends.Add("MainModePsk.Initiator.IdAndHash", (turn, send) =>
                {
                    send();
                    var main = (MainModeTurn)turn;
                    main.Outgoing = main.Outgoing[..1];
                }),
            },
        }),
    ];

    private static Mutant Next(string id, string words, string clause, string row, string next)
        => new(id, words, clause, setup => setup with
        {
            Wiring = setup.Wiring with { NextStates = setup.Wiring.NextStates.Add(row, next) },
        });
}
