using System.CommandLine;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Hosting;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike respond</c>: a real peer that answers until stopped.</summary>
internal static class RespondVerb
{
    public static Command Create()
    {
        var verb = new Verb(
            "respond",
            "Answer peers on real UDP ports until stopped; SAs are rekeyed in time and deleted at the end.",
            "refike respond --config peer.toml",
            "refike respond --config peer.toml --pcap run.pcap --keylog run.keys --trace run.trace");
        LiveOptions.AddTo(verb);
        verb.SetAction((parsed, stop) => LivePeer.RunAsync(LiveOptions.Of(parsed), null, stop));
        return verb;
    }
}
