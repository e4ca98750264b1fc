using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using RefIke.Engine;
using RefIke.Exchanges;

namespace RefIke.Vectors.Negative;

/// <summary>One step of an endpoint: <see cref="Endpoint.Step"/>, or that with a fault around it.</summary>
internal delegate (EndpointState State, ImmutableArray<Effect> Effects) NegativeStep(
    EndpointState state, Instant now, Input input);

/// <summary>Brings an endpoint where a group begins and hands it what the cases send.</summary>
/// <param name="change">A fault to put into the endpoint, to see that a vector finds it.</param>
/// <param name="around">The same, around each step.</param>
internal sealed class NegativeReplay(
    Func<EndpointSetup, EndpointSetup>? change = null, Func<NegativeStep, NegativeStep>? around = null)
{
    /// <summary>All that does not hold in one group, each with the id that it is about.</summary>
    public IEnumerable<string> Faults(NegativeGroup group)
    {
        var random = new Recorded(group.Setup.Random);
        if (Configurations.Find(group.Setup.Configuration, random) is not { } setup)
        {
            return [$"{group.Id}: no configuration {group.Setup.Configuration}"];
        }

        if (!SameText(Settings.Inputs(setup), group.Setup.Inputs))
        {
            return [$"{group.Id}: the inputs are not those of {group.Setup.Configuration}"];
        }

        var endpoint = new Endpoint(change?.Invoke(setup) ?? setup);
        var step = around?.Invoke(endpoint.Step) ?? endpoint.Step;
        try
        {
            var (state, now, fault) = Before(group, step);
            return fault is not null ? [fault] : group.Cases.SelectMany(c => Faults(c, step, state, now)).ToArray();
        }
        catch (InvalidDataException bad)
        {
            return [$"{group.Id}: {bad.Message}"];
        }
    }

    /// <summary>What follows when these datagrams come one after the other.</summary>
    public static Outcome Take(NegativeStep step, EndpointState state, Instant now, ImmutableArray<Arrival> sent)
    {
        var (before, told) = (state, new List<Effect>());
        foreach (var arrival in sent)
        {
            (state, var effects) = step(state, now, new Input.DatagramArrived(
                IPEndPoint.Parse(arrival.To), IPEndPoint.Parse(arrival.From), arrival.Datagram));
            told.AddRange(effects);
        }

        return Outcome.Of(before, state, told, sent.Length > 1);
    }

    private static (EndpointState State, Instant Now, string? Fault) Before(NegativeGroup group, NegativeStep step)
    {
        var (state, now, due) = (EndpointState.Empty, Instant.Zero, new Queue<Occurrence>());
        foreach (var (what, n) in group.Setup.Before.Select((w, n) => (w, n)))
        {
            now = new Instant(what.At);
            if (what.What == "sent")
            {
                if (!due.TryDequeue(out var sent) || sent != what)
                {
                    return (state, now, $"{group.Id}: what is sent as occurrence {n} is not what the file has");
                }
            }
            else if (due.Count > 0)
            {
                return (state, now, $"{group.Id}: more is sent before occurrence {n} than the file has");
            }
            else
            {
                (state, var effects) = step(state, now, Occurrences.ToInput(what, state));
                due = new(effects.OfType<Effect.Send>().Select(s => Occurrences.Sent(now, s)));
            }
        }

        return (state, now, due.Count > 0 ? $"{group.Id}: more is sent than the file has" : null);
    }

    private static IEnumerable<string> Faults(NegativeCase one, NegativeStep step, EndpointState state, Instant now)
    {
        var (found, due) = (Take(step, state, now, one.Sent), one.Result);
        if (!SameText(found, due))
        {
            yield return $"{one.Id}: {Words(found)} where {Words(due)} is due";
        }

        if (due.Rejections.IsEmpty)
        {
            yield return $"{one.Id}: nothing is refused";
        }

        if (!due.Answers.IsEmpty && one.Sent.Length == 1 && !due.Rejections.Any(r =>
            Outcome.Answerable.Contains(r.Kind)))
        {
            yield return $"{one.Id}: what is refused is answered";
        }
    }

    private static string Words(Outcome outcome)
        => $"{string.Join(" ", outcome.Rejections.Select(r => r.Kind))}, {outcome.Answers.Length} answers, "
            + $"{outcome.State} [{string.Join("; ", outcome.Changes)}]";

    private static bool SameText<T>(T one, T other)
        => JsonSerializer.Serialize(one, VectorJson.Options) == JsonSerializer.Serialize(other, VectorJson.Options);

    /// <summary>The octets that a file has, by purpose and exchange.</summary>
    private sealed class Recorded(ImmutableArray<Draw> draws) : IRandomness
    {
        /// <summary>For an endpoint that takes what it should refuse, and draws more than the file has.</summary>
        private readonly NamedRandomness further = new(0, "further");

        private readonly Dictionary<(string, string), Draw> known = draws.ToDictionary(d => (d.Purpose, d.Exchange));

        public byte[] Bytes(string purpose, ExchangeName exchange, int length)
            => known.TryGetValue((purpose, $"{exchange}"), out var draw) && draw.Octets.Length >= length
                ? draw.Octets.ToArray()[..length] : further.Bytes(purpose, exchange, length);
    }
}
