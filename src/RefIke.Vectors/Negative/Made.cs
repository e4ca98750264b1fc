using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>
/// Makes groups of scenes and trials, and refuses to make a case that does not come out as its author says.
/// </summary>
internal static class Made
{
    public static NegativeGroup Group(Scene scene, IEnumerable<Trial> trials)
    {
        ImmutableArray<NegativeCase> cases = [.. trials.Select(t => Case(scene, t))];
        return new NegativeGroup(scene.Id, Settings.Of(scene), cases);     // with what the cases have drawn
    }

    public static NegativeFile File(string name, string shows, IEnumerable<NegativeGroup> groups)
    {
        ImmutableArray<NegativeGroup> all = [.. groups];
        var twice = all.SelectMany(g => g.Cases).GroupBy(c => c.Id).FirstOrDefault(g => g.Count() > 1);
        return twice is null
            ? new NegativeFile(name, "RefIke, both sides and the attacker", shows, all.Sum(g => g.Cases.Length), all)
            : throw new InvalidOperationException($"{twice.Key} is there twice");
    }

    private static NegativeCase Case(Scene scene, Trial trial)
    {
        var id = $"{scene.Id}.{trial.Id}";
        var (from, to) = Addresses(scene, trial);
        ImmutableArray<Arrival> sent = [.. trial.Datagrams.Select(d => new Arrival(from, to, d, ClearOf(scene, d)))];
        var outcome = NegativeReplay.Take(scene.Subject.Endpoint.Step, scene.Subject.State, scene.Stage.Now, sent);
        if (Fault(trial, outcome) is { } fault)
        {
            throw new InvalidOperationException($"{id}: {fault}");
        }

        ImmutableArray<string> flags = [.. trial.Flags.Concat(sent.Any(s => s.Clear is not null) ? ["encrypted"]
            : ["clear"])
            .Concat(sent.Length > 1 ? ["sequence"] : []).Concat(outcome.Answers.IsEmpty ? []
                : ["answered"]).Distinct()];
        return new NegativeCase(
            id, trial.Comment, flags, trial.Clause ?? outcome.Rejections[^1].Clause, sent, outcome);
    }

    /// <summary>What does not come out as the author says; null where all does.</summary>
    private static string? Fault(Trial trial, Outcome outcome)
    {
        if (outcome.Rejections is not [.., var last])
        {
            return $"nothing is refused; {string.Join("; ", outcome.Changes)}";
        }

        return !trial.Kind.Split('|').Contains(last.Kind) ? $"{last.Kind} ({last.Reason}) where {trial.Kind} is due"
            : !trial.State.Split('|').Contains(outcome.State)
                ? $"{last.Kind}: {outcome.State} where {trial.State} is due: {string.Join("; ", outcome.Changes)}"
            : trial.Notify is { } due && last.Notify?.Number != (ushort)due
                ? $"{last.Kind}: notify {last.Notify} where {due} is due"
            : trial.Field is { } field && last.Field != field ? $"field {last.Field} where {field} is due"
            : !outcome.MayAnswer && !outcome.Answers.IsEmpty ? $"{last.Kind} is answered"
            : null;
    }

    private static (string From, string To) Addresses(Scene scene, Trial trial)
    {
        var due = scene.Stage.Flying.FirstOrDefault(f => scene.Stage.To(f) == scene.Subject);
        var from = due?.Local ?? scene.Peer.Setup.Local;
        var to = due?.Remote ?? scene.Subject.Setup.Local;
        return (trial.From is { } other ? $"{new IPEndPoint(Configurations.Ip(other), from.Port)}" : $"{from}",
            trial.To ?? $"{to}");
    }

    /// <summary>What is in an encrypted datagram, where it is under keys that the endpoint holds.</summary>
    private static Octets? ClearOf(Scene scene, Octets datagram)
    {
        if (!Header.TryRead(datagram.Span, out var header, out _) || !header.IsEncrypted
            || scene.Subject.State.Isakmp.Values.FirstOrDefault(e => e.Phase1.CKY_I == header.InitiatorCookie
                && e.Phase1.CKY_R == header.ResponderCookie) is not { Phase1.Keys: not null } entry)
        {
            return null;
        }

        var body = datagram.Length - Header.Size;
        return body > 0 && body % entry.Phase1.Suite!.Cipher.BlockLength == 0 ? scene.Insider.Clear(datagram)
            : (Octets?)null;
    }
}
