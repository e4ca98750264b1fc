using System.Collections.Immutable;
using System.Net;
using RefIke.Engine;
using RefIke.Exchanges;

namespace RefIke.Vectors.Making;

/// <summary>
/// Runs a recipe: two endpoints, a network that loses nothing, a clock that jumps; writes down all that happens.
/// </summary>
internal sealed class Recorder
{
    private readonly Recipe recipe;
    private readonly End initiator;
    private readonly End responder;
    private readonly Network network;
    private readonly Queue<Effect.Send> flying = [];
    private Instant now;

    private Recorder(Recipe recipe)
    {
        this.recipe = recipe;
        network = new Network(recipe.Inputs);
        (initiator, responder) = (new End(recipe, Role.Initiator), new End(recipe, Role.Responder));
    }

    private List<(long At, Effect.Send Sent)> Sent { get; } = [];

    private List<Order> Orders { get; } = [];

    /// <summary>The whole vector.</summary>
    public static VectorFile Run(Recipe recipe)
    {
        var recorder = new Recorder(recipe);
        foreach (var line in recipe.Script)
        {
            recorder.RunTo(line.At);
            recorder.Obey(line);
        }

        recorder.RunTo(recipe.Ends);
        return recorder.ToVector();
    }

    /// <summary>Lets the clock run: due timers fire, earliest first, and what they send arrives at once.</summary>
    private void RunTo(long end)
    {
        while (Next() is { } next && next.State.NextTimer!.Value is var (timer, due) && due.Milliseconds <= end)
        {
            now = due;
            Do(next, new Input.TimerFired(timer));
            Settle();
        }

        now = new Instant(end);

        End? Next() => new[] { initiator, responder }.Where(e => e.State.NextTimer is not null)
            .MinBy(e => e.State.NextTimer!.Value.Due);
    }

    private void Obey(ScriptLine line)
    {
        var end = line.By == Role.Initiator ? initiator : responder;
        var spi = line.Kind is OrderKind.Rekey or OrderKind.DeletePair
            ? end.State.Sending(Setups.Connection, line.Child)!.Spi
            : (uint?)null;
        var child = line.Kind == OrderKind.Connect ? line.Child : null;
        var order = new Order(Sent.Count, line.At, line.By, line.Kind, child, spi) { Group = line.Group };
        Orders.Add(order);
        Do(end, order.ToInput(end.State));
        Settle();
    }

    private void Settle()
    {
        while (flying.TryDequeue(out var sent))
        {
            var place = network.Inside(sent.Remote);
            Do(place.Address.Equals(initiator.Address) ? initiator : responder,
                new Input.DatagramArrived(place, network.Outside(sent.Local), sent.Datagram));
        }
    }

    private void Do(End end, Input input)
    {
        (end.State, var effects) = end.Endpoint.Step(end.State, now, input);
        end.Told.AddRange(effects);
        foreach (var sent in effects.OfType<Effect.Send>())
        {
            Sent.Add((now.Milliseconds, sent));
            flying.Enqueue(sent);
        }
    }

    private VectorFile ToVector()
    {
        var inputs = recipe.Inputs with
        {
            Initiator = recipe.Inputs.Initiator with { Random = [.. initiator.Randomness.Draws] },
            Responder = recipe.Inputs.Responder with { Random = [.. responder.Randomness.Draws] },
            Orders = [.. Orders],
        };
        var transcriber = new Transcriber(inputs, [.. initiator.Told], [.. responder.Told]);
        var messages = Sent.Select((s, i) => transcriber.Message(i + 1, s.At, s.Sent));
        return transcriber.ToVector(recipe, [.. messages]);
    }

    /// <summary>One endpoint with its state and what it told.</summary>
    private sealed class End(Recipe recipe, Role role)
    {
        public RecordingRandomness Randomness { get; } = new(new NamedRandomness(recipe.Seed, $"{role}"));

        public IPAddress Address => IPAddress.Parse(recipe.Inputs.Of(role).Address);

        public Endpoint Endpoint => field ??= new Endpoint(Setups.Of(recipe.Inputs, role, Randomness));

        public EndpointState State { get; set; } = EndpointState.Empty;

        public List<Effect> Told { get; } = [];
    }
}
